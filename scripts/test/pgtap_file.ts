import { join } from "node:path";
import postgres from "postgres";
import { isDatabaseError } from "../stack/database/connect.ts";
import { lineAt, splitStatements } from "../stack/database/split.ts";
import { readTap, type TapResult } from "./tap.ts";

/** The files of supabase/tests in the order of their names, as paths. */
export async function listTestFiles(checkout: string): Promise<string[]> {
  const folder = join(checkout, "supabase", "tests");
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".sql")) names.push(entry.name);
  }
  return names.sort().map((name) => join(folder, name));
}

/**
 * Runs a pgTAP script on a connection of its own, up to the first statement that fails.
 *
 * @param untilFailure end at the first failed assertion as well, for whoever needs to know no more
 */
export async function runTestScript(
  script: string,
  databaseUrl: string,
  untilFailure = false,
): Promise<TapResult> {
  const connection = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const lines: string[] = [];
  const broken: string[] = [];
  try {
    for (const { text, offset } of splitStatements(script)) {
      try {
        const rows = await connection.unsafe(text);
        for (const row of rows) {
          for (const value of Object.values(row)) {
            if (typeof value === "string") lines.push(...value.split("\n"));
          }
        }
        if (untilFailure && lines.some((line) => /^not ok\b(?!.*#\s*(todo|skip)\b)/i.test(line))) {
          break;
        }
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        broken.push(
          `line ${lineAt(script, offset)}: ${error.message} (SQLSTATE ${error.code})` +
            (error.detail ? `\n      ${error.detail}` : "") +
            (error.where ? `\n      ${error.where.replaceAll("\n", "\n      ")}` : ""),
        );
        break;
      }
    }
  } finally {
    await connection.end();
  }
  const { passed, failures } = readTap(lines);
  return { passed, failures: [...broken, ...failures] };
}

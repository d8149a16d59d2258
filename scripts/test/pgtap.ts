import { join } from "node:path";
import postgres from "postgres";
import { isDatabaseError } from "../stack/database/connect.ts";
import { lineAt, splitStatements } from "../stack/database/split.ts";
import { checked, headline, sum, type Tally } from "./tally.ts";
import { readTap } from "./tap.ts";

/**
 * Runs supabase/tests/*.sql in the order of their names, each on a connection of its own as
 * `postgres`, as `supabase test db` does.
 */
export async function runDatabaseTests(checkout: string, databaseUrl: string): Promise<Tally> {
  headline("Database (pgTAP)");
  const folder = join(checkout, "supabase", "tests");
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".sql")) names.push(entry.name);
  }
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create extension if not exists pgtap with schema extensions`;
  } finally {
    await admin.end();
  }
  const tallies: Tally[] = [];
  for (const name of names.sort()) tallies.push(await runFile(join(folder, name), databaseUrl));
  return names.length > 0 ? sum(tallies) : checked(false, `there are no tests in ${folder}`);
}

async function runFile(path: string, databaseUrl: string): Promise<Tally> {
  const started = performance.now();
  const script = await Deno.readTextFile(path);
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
  const all = [...broken, ...failures];
  const name = path.slice(path.lastIndexOf("supabase"));
  const duration = Math.round(performance.now() - started);
  console.log(`  ${all.length === 0 ? "✓" : "✗"} ${name}: ${passed} passed (${duration} ms)`);
  for (const failure of all) console.log(`    not ok: ${failure}`);
  return { passed, failed: all.length };
}

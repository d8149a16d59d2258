import { parseArgs } from "node:util";
import { findDatabase } from "./database_source.ts";
import { check, type GeneratedFile, type Outcome, write } from "./generated_file.ts";

/** A command that writes a file from the database. */
export interface Generator extends Omit<GeneratedFile, "contents"> {
  /** What the file should say. @throws Error with a message for a person */
  generate(databaseUrl: string): Promise<string>;
}

/**
 * Runs such a command: writes the file, or with `--check` only compares it, and ends the process
 * with 1 if it differs or cannot be made.
 */
export async function runGenerator(generator: Generator): Promise<never> {
  const usage = `Usage: ${generator.command} [-- [--check] [--db-url <url>]]

Writes ${generator.name} from the database: the one of --db-url, else the running stack's if it is
what the migrations make, else a temporary one. With --check it only compares, and fails if they differ.`;
  let outcome: Outcome;
  try {
    const { values } = parseArgs({
      args: Deno.args,
      options: {
        check: { type: "boolean", default: false },
        "db-url": { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    outcome = values.help
      ? { ok: true, message: usage }
      : await produce(generator, values.check, values["db-url"]);
  } catch (error) {
    outcome = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  if (outcome.ok) console.log(outcome.message);
  else console.error(outcome.message);
  Deno.exit(outcome.ok ? 0 : 1);
}

async function produce(
  generator: Generator,
  onlyCheck: boolean,
  databaseUrl: string | undefined,
): Promise<Outcome> {
  const source = await findDatabase(databaseUrl);
  try {
    const file = { ...generator, contents: await generator.generate(source.url) };
    return onlyCheck ? await check(file) : await write(file);
  } finally {
    await source.stop();
  }
}

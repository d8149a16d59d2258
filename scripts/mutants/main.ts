import { checkout } from "../shared/checkout.ts";
import { listenForStop } from "../stack/signals.ts";
import { runTestScript } from "../test/pgtap_file.ts";
import { allMutants } from "./catalogue/all.ts";
import { equivalent } from "./equivalent.ts";
import type { Mutant } from "./mutant.ts";
import { type Options, parseOptions, select } from "./options.ts";
import type { LoneDatabase } from "../shared/lone_database.ts";
import { startMutantServer } from "./server.ts";
import { Suite } from "./suite.ts";
import { head, row, summary } from "./table.ts";
import { type Outcome, templateName, tryMutant } from "./trial.ts";

/** How many mutants are tried at once, each in a database of its own. */
const workers = 2;

/**
 * Weakens the schema one place at a time and sees whether the database's tests notice. What is
 * weakened is read from the catalogue, so that what a migration adds is weakened as well.
 */
async function main(options: Options, signal: AbortSignal): Promise<number> {
  const suite = await Suite.read(checkout);
  const server = await startMutantServer(signal);
  try {
    await server.admin.unsafe(`create database ${templateName} template postgres owner postgres`);
    const all = await readMutants(server);
    const mutants = select(all, options);
    for (const name of Object.keys(equivalent)) {
      if (!all.some((mutant) => mutant.name === name)) {
        throw new Error(`equivalent.ts names what is no mutant: ${name}`);
      }
    }
    if (options.list) {
      for (const { name } of mutants) console.log(name);
      return 0;
    }
    await proveTemplate(suite, server);
    console.log(`\n${mutants.length} mutants\n${head}`);
    const { lines, survived } = summary(
      await tryAll(mutants, server, suite, options.thorough, signal),
    );
    for (const line of lines) console.log(line);
    return survived === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

async function readMutants(server: LoneDatabase): Promise<Mutant[]> {
  const sql = server.open(templateName);
  try {
    return await allMutants(sql);
  } finally {
    await sql.end();
  }
}

/** Gives the template what the tests need and runs them all on a copy: they must pass. */
async function proveTemplate(suite: Suite, server: LoneDatabase): Promise<void> {
  await runTestScript(suite.helpers, server.urlOf(templateName));
  await server.admin.unsafe(`create database proof template ${templateName} owner postgres`);
  const observer = server.open("proof");
  const failures = await suite.prove(server.urlOf("proof"), observer);
  await observer.end();
  await server.admin.unsafe("drop database proof with (force)");
  if (failures.length > 0) {
    throw new Error(`The tests fail without any mutant:\n  ${failures.join("\n  ")}`);
  }
  console.log("  ✓ all tests pass without a mutant");
}

async function tryAll(
  mutants: readonly Mutant[],
  server: LoneDatabase,
  suite: Suite,
  thorough: boolean,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = mutants.values();
  await Promise.all(Array.from({ length: workers }, async (_, worker) => {
    for (const mutant of waiting) {
      signal.throwIfAborted();
      const outcome = await tryMutant(mutant, `mutant_${worker}`, server, suite, thorough);
      console.log(row(outcome));
      outcomes.push(outcome);
    }
  }));
  return outcomes;
}

const { signal } = listenForStop();
const started = performance.now();
let code = 1;
try {
  const options = parseOptions(Deno.args);
  const finished = () => `Took ${((performance.now() - started) / 60_000).toFixed(1)} minutes.`;
  code = await main(options, signal);
  if (!options.list) console.error(finished());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
}
Deno.exit(code);

import { basename } from "node:path";
import { listTestFiles, runTestScript } from "../test/pgtap_file.ts";
import type { Database } from "../stack/database/connect.ts";
import type { Mutant } from "./mutant.ts";

/** Makes what the other files use and asserts nothing about the schema. */
const helpersFile = "000_helpers.sql";
/** Compares the catalogue with lists: catches nearly everything, whatever it means to a person. */
const pinsFile = "070_pins.sql";

interface TestFile {
  name: string;
  script: string;
  milliseconds: number;
  /** The functions that it calls, as `schema.name`; not those that it only sees refuse. */
  calls: Set<string>;
}

/** The pgTAP files, and what they have been good for so far. */
export class Suite {
  readonly #kills = new Map<string, number>();

  private constructor(
    readonly helpers: string,
    readonly pins: TestFile,
    readonly behaviour: TestFile[],
  ) {}

  /**
   * Reads supabase/tests.
   *
   * @throws Error if a file it knows by name is missing
   */
  static async read(checkout: string): Promise<Suite> {
    const files = await Promise.all((await listTestFiles(checkout)).map(async (path) => ({
      name: basename(path),
      script: await Deno.readTextFile(path),
      milliseconds: 1,
      calls: new Set<string>(),
    })));
    const named = (name: string) => {
      const file = files.find((file) => file.name === name);
      if (!file) throw new Error(`supabase/tests/${name} is missing.`);
      return file;
    };
    return new Suite(
      named(helpersFile).script,
      named(pinsFile),
      files.filter(({ name }) => name !== helpersFile && name !== pinsFile),
    );
  }

  /**
   * Runs every file whole, to see that all is well without a mutant, how long each takes and what it
   * calls.
   *
   * @param observer the superuser in the same database
   * @returns what failed, in words
   */
  async prove(databaseUrl: string, observer: Database): Promise<string[]> {
    const failures: string[] = [];
    for (const file of [...this.behaviour, this.pins]) {
      await observer`select pg_stat_reset()`;
      const started = performance.now();
      const result = await runTestScript(file.script, databaseUrl);
      file.milliseconds = performance.now() - started;
      file.calls = await calledFunctions(observer);
      failures.push(...result.failures.map((failure) => `${file.name}: ${failure}`));
    }
    return failures;
  }

  /**
   * Runs the files that say how the product behaves, the most promising first, up to the first that
   * notices the mutant.
   *
   * @returns the name of that file, undefined if there is none
   */
  async behaviourNotices(mutant: Mutant, databaseUrl: string): Promise<string | undefined> {
    const promise = (file: TestFile) => this.#promise(file, mutant);
    const files = [...this.behaviour].sort((one, other) => promise(other) - promise(one));
    for (const file of files) {
      const { failures } = await runTestScript(file.script, databaseUrl, true);
      if (failures.length === 0) continue;
      for (const key of keys(file, mutant)) this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
      return file.name;
    }
    return undefined;
  }

  /** Whether the lists of the catalogue notice the mutant. */
  async pinsNotice(databaseUrl: string): Promise<boolean> {
    return (await runTestScript(this.pins.script, databaseUrl, true)).failures.length > 0;
  }

  /** How likely a file is to notice the mutant, per millisecond. */
  #promise(file: TestFile, mutant: Mutant): number {
    const [same = 0, similar = 0] = keys(file, mutant).map((key) => this.#kills.get(key) ?? 0);
    const calls = mutant.function !== undefined && file.calls.has(mutant.function) ? 5 : 0;
    const mentions = file.script.split(mutant.subject).length - 1;
    return (1 + calls + 20 * same + similar + Math.min(mentions, 10)) / file.milliseconds;
  }
}

/** What a kill of the mutant by the file is remembered under: the narrower first. */
function keys(file: TestFile, { kind, subject }: Mutant): [string, string] {
  return [`${file.name} ${kind} ${subject}`, `${file.name} ${kind}`];
}

/** What was called since the counts were reset, once whoever called has told the server. */
async function calledFunctions(observer: Database): Promise<Set<string>> {
  for (let others = 1; others > 0;) {
    [{ others } = { others: 0 }] = await observer<{ others: number }[]>`
      select count(*)::integer as others from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'`;
  }
  const rows = await observer<{ name: string }[]>`
    select schemaname || '.' || funcname as name from pg_stat_user_functions where calls > 0`;
  return new Set(rows.map(({ name }) => name));
}

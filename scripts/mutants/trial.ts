import type { Mutant } from "./mutant.ts";
import type { LoneDatabase } from "../shared/lone_database.ts";
import type { Suite } from "./suite.ts";

/** What became of a mutant. */
export interface Outcome {
  mutant: Mutant;
  /** The file about behaviour that noticed it first; undefined if none did. */
  behaviour: string | "not asked" | undefined;
  /** Whether the lists of the catalogue noticed it. */
  pins: boolean;
}

/** The database that every mutant starts from. */
export const templateName = "unmutated";

/**
 * Weakens a copy of the template and runs the tests there.
 *
 * @param thorough ask the tests about behaviour of a right too many as well when the lists notice it
 * @throws Error if the mutant cannot be applied: then it is none
 */
export async function tryMutant(
  mutant: Mutant,
  database: string,
  server: LoneDatabase,
  suite: Suite,
  thorough: boolean,
): Promise<Outcome> {
  await server.admin.unsafe(`create database ${database} template ${templateName} owner postgres`);
  try {
    await apply(mutant, server.open(database));
    const url = server.urlOf(database);
    const pins = await suite.pinsNotice(url);
    const isRight = mutant.kind === "grant" || mutant.kind === "execute";
    if (pins && isRight && !thorough) return { mutant, pins, behaviour: "not asked" };
    return { mutant, pins, behaviour: await suite.behaviourNotices(mutant, url) };
  } finally {
    await server.admin.unsafe(`drop database ${database} with (force)`);
  }
}

async function apply(mutant: Mutant, sql: ReturnType<LoneDatabase["open"]>): Promise<void> {
  try {
    for (const statement of mutant.statements) await sql.unsafe(statement);
  } catch (error) {
    throw new Error(
      `The mutant "${mutant.name}" cannot be made: ${
        error instanceof Error ? error.message : error
      }`,
    );
  } finally {
    await sql.end();
  }
}

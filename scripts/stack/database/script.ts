import { relative } from "node:path";
import { StackError } from "../errors.ts";
import { type DatabaseError, isDatabaseError } from "./connect.ts";
import type { Database } from "./connect.ts";
import { lineAt, splitStatements } from "./split.ts";

/** Statements that would end the transaction that a whole file belongs to. */
const transactionControl =
  /^(begin|commit|end|rollback(?!\s+(?:work\s+|transaction\s+)?to\b)|abort|start\s+transaction|prepare\s+transaction)\b/i;

/**
 * Runs every statement of a file and then `record`, all in one transaction: nothing of a file that
 * fails stays.
 *
 * @param record what remembers that the file was applied; gets the file's statements
 * @throws StackError with file, line and the server's message
 */
export async function applyFile(
  database: Database,
  path: string,
  record: (transaction: Transaction, statements: string[]) => Promise<unknown>,
): Promise<void> {
  const script = (await Deno.readTextFile(path)).replace(/^\uFEFF/, "");
  const statements = splitStatements(script);
  const shown = relative(Deno.cwd(), path);
  for (const { text, offset } of statements) {
    if (transactionControl.test(text)) {
      throw new StackError(
        `${shown}:${lineAt(script, offset)}: "${text.split("\n")[0]}": a file is one transaction ` +
          `already and cannot begin or end one itself.`,
      );
    }
  }
  await database.begin(async (transaction) => {
    for (const { text, offset } of statements) {
      try {
        await transaction.unsafe(text);
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        const within = error.position ? codeUnitOffset(text, Number(error.position) - 1) : 0;
        throw new StackError(explain(`${shown}:${lineAt(script, offset + within)}`, error));
      }
    }
    try {
      await record(transaction, statements.map(({ text }) => text));
      // Deferred constraints are checked here, while the file is still known.
      await transaction.unsafe("set constraints all immediate");
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      throw new StackError(explain(shown, error));
    }
  });
}

/** A connection inside a transaction. */
export type Transaction = Parameters<Parameters<Database["begin"]>[1]>[0];

/** The server counts characters, JavaScript counts UTF-16 code units. */
function codeUnitOffset(text: string, characters: number): number {
  return [...text].slice(0, characters).join("").length;
}

function explain(place: string, error: DatabaseError): string {
  return [
    `${place}: ${error.message} (SQLSTATE ${error.code})`,
    ...(error.detail ? [`  detail: ${error.detail}`] : []),
    ...(error.hint ? [`  hint: ${error.hint}`] : []),
    ...(error.where ? [`  where: ${error.where.split("\n").slice(0, 4).join("\n         ")}`] : []),
  ].join("\n");
}

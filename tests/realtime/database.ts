import { type Database, withDatabase } from "../helpers/database.ts";

type Statement = readonly [text: string, values?: readonly (string | number | boolean)[]];

/** The topic that people in a session listen to. */
export function topicOf(session: { readonly id: string }): string {
  return `live_session:${session.id}`;
}

/** A statement that sends `live_event` to a private topic, as the triggers do. */
export function sending(topic: string, payload: object): Statement {
  return ["select realtime.send($1::text::jsonb, 'live_event', $2)", [
    JSON.stringify(payload),
    topic,
  ]];
}

/** Sends `live_event` from the database. */
export async function send(topic: string, payload: object, isPrivate = true): Promise<void> {
  await run([
    "select realtime.send($1::text::jsonb, 'live_event', $2, $3)",
    [JSON.stringify(payload), topic, isPrivate],
  ]);
}

/** Runs statements in one transaction that is committed. */
export async function run(...statements: Statement[]): Promise<void> {
  await withDatabase((sql) => sql.begin((transaction) => execute(transaction, statements)));
}

/** Runs statements in one transaction that is rolled back. */
export async function runInVain(...statements: Statement[]): Promise<void> {
  const enough = new Error("rolled back");
  try {
    await withDatabase((sql) =>
      sql.begin(async (transaction) => {
        await execute(transaction, statements);
        throw enough;
      })
    );
  } catch (error) {
    if (error !== enough) throw error;
  }
}

type Transaction = Parameters<Parameters<Database["begin"]>[1]>[0];

async function execute(transaction: Transaction, statements: readonly Statement[]): Promise<void> {
  for (const [text, values] of statements) await transaction.unsafe(text, [...values ?? []]);
}

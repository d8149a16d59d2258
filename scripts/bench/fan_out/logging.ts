import { createClient } from "@supabase/supabase-js";
import postgres from "postgres";
import type { Stack } from "../../shared/people.ts";
import { setOf, type SetRow } from "../sets.ts";
import { begin } from "../transaction.ts";
import type { Training } from "./training.ts";

/** Logs sets of a training. */
export interface Logging {
  /** A set that is not logged yet, the people of the training taking turns. */
  next(): SetRow;
  /**
   * Inserts it over REST, as an application does; resolves when the database has answered.
   *
   * @throws Error if it is refused
   */
  insert(row: SetRow): Promise<void>;
  /**
   * Inserts it in a transaction of the database's, as PostgREST does, and leaves it open.
   *
   * @returns what commits it, durably
   */
  prepare(row: SetRow): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** Prepares to log sets, with a client for each person and one connection to the database. */
export async function startLogging(
  stack: Stack,
  { sessionId, people }: Training,
): Promise<Logging> {
  const clients = new Map(people.map(({ id, token }) => [
    id,
    createClient(stack.API_URL, stack.PUBLISHABLE_KEY, {
      accessToken: () => Promise.resolve(token),
    }),
  ]));
  const sql = postgres(stack.DB_URL, { max: 1, onnotice: () => {} });
  const connection = await sql.reserve();
  let turn = 0;
  return {
    next: () => setOf(sessionId, people[turn++ % people.length]!.id, 0),
    async insert(row) {
      const { error } = await clients.get(row.user_id)!.from("live_session_sets").insert(row);
      if (error) throw new Error(`A set was not stored: ${error.message}`);
    },
    async prepare(row) {
      await begin(connection, row.user_id);
      await connection`insert into public.live_session_sets ${connection({ ...row })}`;
      return async () => {
        await connection`commit`;
      };
    },
    async close() {
      connection.release();
      await sql.end();
    },
  };
}

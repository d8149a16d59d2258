import postgres from "postgres";
import { callFunction, type Stack } from "../../scripts/shared/people.ts";

/** What the database holds of a session. */
export interface Truth {
  /** The log in order, each event as clients get it. */
  events: { seq: number; id: string }[];
  sets: { id: string; userId: string; weightKg: number; reps: number }[];
  reactions: { id: string; userId: string }[];
  messages: { id: string; userId: string; message: string }[];
  /** As the server shows it to somebody in the session. */
  snapshot: { session: unknown; participants: unknown; lastSeq: number };
}

/** Looks at a session as the database's owner, past row level security. */
export class Witness {
  readonly #sql: postgres.Sql;
  readonly #stack: Stack;
  readonly #sessionId: string;

  constructor(stack: Stack, sessionId: string) {
    this.#sql = postgres(stack.DB_URL, { max: 1, onnotice: () => {} });
    this.#stack = stack;
    this.#sessionId = sessionId;
  }

  /** The number of the last event. */
  async lastSeq(): Promise<number> {
    const [row] = await this.#sql<{ seq: string }[]>`
      select coalesce(max(seq), 0) as seq from public.live_session_events
      where session_id = ${this.#sessionId}`;
    return Number(row?.seq);
  }

  /** Everything. @param token of somebody in the session */
  async truth(token: string): Promise<Truth> {
    const id = this.#sessionId;
    const sql = this.#sql;
    const events = await sql<{ event: Truth["events"][number] }[]>`
      select private.event_json(e) as event from public.live_session_events e
      where e.session_id = ${id} order by e.seq`;
    const sets = await sql<Truth["sets"]>`
      select id, user_id as "userId", weight_kg::float8 as "weightKg", reps
      from public.live_session_sets where session_id = ${id}`;
    const reactions = await sql<Truth["reactions"]>`
      select id, from_user_id as "userId" from public.live_session_reactions
      where session_id = ${id}`;
    const messages = await sql<Truth["messages"]>`
      select id, user_id as "userId", message from public.live_session_messages
      where session_id = ${id}`;
    const snapshot = await callFunction(this.#stack, token, "GET", `/sessions/${id}`);
    return {
      events: events.map(({ event }) => event),
      sets: [...sets],
      reactions: [...reactions],
      messages: [...messages],
      snapshot: snapshot as Truth["snapshot"],
    };
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }
}

import { type Database, StatementError } from "./database.ts";
import { isObject } from "./json.ts";
import type { UserBroadcast } from "./protocol.ts";

const MOST_MESSAGES = 25;

/** Replay was asked for in a way that cannot be answered; `message` goes to the client. */
export class ReplayError extends Error {}

export interface ReplayedMessage extends UserBroadcast {
  readonly id: string;
}

/**
 * The newest messages that the database sent to a private topic since `since` (ms since 1970),
 * at most `limit` of them and never more than 25, oldest first. Raises ReplayError and
 * DatabaseUnavailable.
 */
export async function replay(
  database: Database,
  topic: string,
  parameters: unknown,
): Promise<ReplayedMessage[]> {
  const { since, limit } = parse(parameters);
  try {
    const rows = await database.query(
      "select id, event, payload::text as payload, binary_payload from realtime.messages " +
        "where topic = $1 and private and extension = 'broadcast' and event is not null " +
        "and inserted_at >= timezone('utc', to_timestamp($2::float8 / 1000)) " +
        // Partitions of days to come are empty and need not be looked at.
        "and inserted_at < timezone('utc', now()) + interval '1 minute' " +
        "order by inserted_at desc limit $3",
      [topic, since, limit],
    );
    return rows.reverse().map((row) => ({
      id: String(row.id),
      event: String(row.event),
      encoding: row.binary_payload instanceof Uint8Array ? "binary" : "json",
      body: row.binary_payload instanceof Uint8Array
        ? row.binary_payload
        : new TextEncoder().encode(typeof row.payload === "string" ? row.payload : "null"),
      meta: { id: row.id, replayed: true },
    }));
  } catch (error) {
    if (error instanceof StatementError) {
      throw new ReplayError("Realtime was unable to replay messages");
    }
    throw error;
  }
}

function parse(parameters: unknown): { since: number; limit: number } {
  const { since, limit = MOST_MESSAGES } = isObject(parameters) ? parameters : {};
  // Not beyond what a timestamp of the database can hold.
  if (!Number.isInteger(since) || !Number.isInteger(limit) || Math.abs(Number(since)) > 8.64e15) {
    throw new ReplayError("Replay params are not valid");
  }
  return { since: Number(since), limit: Math.max(1, Math.min(Number(limit), MOST_MESSAGES)) };
}

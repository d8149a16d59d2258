import { Buffer } from "node:buffer";
import type { Pgoutput } from "pg-logical-replication";
import type { ChangeType } from "./request.ts";

/** Values of columns as Postgres prints them; a column whose value is not known is absent. */
export type RowText = ReadonlyMap<string, string | null>;

/** A change of one row, as it was committed. */
export interface RowChange {
  readonly type: ChangeType;
  readonly relation: {
    readonly oid: number;
    readonly schema: string;
    readonly table: string;
    /** The type of each column, in the order of the table. */
    readonly columnTypes: ReadonlyMap<string, number>;
  };
  /** The row after the change; empty for DELETE. */
  readonly record: RowText;
  /** What identified the row before it, or all of it: see REPLICA IDENTITY. Empty for INSERT. */
  readonly identity: RowText;
  /** ISO 8601, milliseconds, UTC. */
  readonly committedAt: string;
}

type Tuple = Readonly<Record<string, unknown>>;

/** Reads a message of the stream; null when it is no change of a row. */
export function readChange(
  message: Pgoutput.Message,
  committedAt: string,
): RowChange | null {
  switch (message.tag) {
    case "insert":
      return change("INSERT", message.relation, message.new, null, committedAt);
    case "update": {
      // Without an old row the key has not changed, so the new row has it.
      const identity = message.old ?? keyOf(message.relation, message.key ?? message.new);
      return change("UPDATE", message.relation, message.new, identity, committedAt);
    }
    case "delete": {
      const identity = message.old ?? keyOf(message.relation, message.key ?? {});
      return change("DELETE", message.relation, null, identity, committedAt);
    }
    default:
      return null;
  }
}

/** What the values of a change take as text, in bytes. */
export function bytesOf(change: RowChange): number {
  let total = 0;
  for (const row of [change.record, change.identity]) {
    for (const text of row.values()) total += text === null ? 0 : Buffer.byteLength(text);
  }
  return total;
}

/** Turns the microseconds since 1970 of a commit into the text that clients get. */
export function timestamp(microseconds: bigint): string {
  return new Date(Number(microseconds / 1000n)).toISOString();
}

function change(
  type: ChangeType,
  relation: Pgoutput.MessageRelation,
  record: Tuple | null,
  identity: Tuple | null,
  committedAt: string,
): RowChange {
  return {
    type,
    relation: {
      // The library reads it as signed.
      oid: relation.relationOid >>> 0,
      schema: relation.schema,
      table: relation.name,
      columnTypes: new Map(relation.columns.map(({ name, typeOid }) => [name, typeOid >>> 0])),
    },
    record: texts(record),
    identity: texts(identity),
    committedAt,
  };
}

function keyOf(relation: Pgoutput.MessageRelation, tuple: Tuple): Tuple {
  return Object.fromEntries(relation.keyColumns.map((name) => [name, tuple[name]]));
}

function texts(tuple: Tuple | null): RowText {
  const row = new Map<string, string | null>();
  for (const [name, value] of Object.entries(tuple ?? {})) {
    // Undefined: a large value that the change left as it was.
    if (typeof value === "string" || value === null) row.set(name, value);
  }
  return row;
}

import type { LedgerRecord } from "./ledger.ts";
import type { OutboxEntry } from "./types.ts";

// What comes out of a storage may be anything. Looked at as far as this code relies on it; whether
// the server likes the values is the server's to say.

/** A record, if this is one. */
export function readRecord(value: unknown): LedgerRecord | null {
  if (!isObject(value)) return null;
  const { id, order, revision, at, entry } = value;
  if (typeof id !== "string" || ![order, revision, at].every(isNumber)) return null;
  if (entry !== null && !(isEntry(entry) && entry.id === id)) return null;
  return value as unknown as LedgerRecord;
}

function isEntry(value: unknown): value is OutboxEntry {
  return isObject(value) &&
    typeof value.sessionId === "string" &&
    isNumber(value.madeAt) &&
    isNumber(value.attempts) &&
    ["waiting", "sending", "delivered", "refused"].includes(value.state as string) &&
    (value.retryAt === undefined || isNumber(value.retryAt)) &&
    (value.error === undefined || isReason(value.error)) &&
    hasWork(value);
}

function isReason(value: unknown): boolean {
  return isObject(value) && typeof value.code === "string" && typeof value.detail === "string";
}

function hasWork(value: Record<string, unknown>): boolean {
  switch (value.kind) {
    case "set":
      return isObject(value.set) && value.set.id === value.id;
    case "set_change":
      return typeof value.setId === "string" && isObject(value.change);
    case "set_removal":
      return typeof value.setId === "string";
    case "reaction":
      return isObject(value.reaction);
    case "message":
      return typeof value.message === "string";
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value);
}

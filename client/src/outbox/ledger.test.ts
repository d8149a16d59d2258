import fc from "fast-check";
import { expect, it } from "vitest";
import { Ledger, type LedgerRecord } from "./ledger.ts";
import type { OutboxEntry } from "./types.ts";

// The order in which tabs read what the others have written must not matter.

const STATES = ["waiting", "sending", "delivered", "refused"] as const;

const record = fc.record({
  id: fc.constantFrom("a", "b", "c"),
  revision: fc.integer({ min: 1, max: 3 }),
  state: fc.option(fc.constantFrom(...STATES)),
}).map(({ id, revision, state }): LedgerRecord => {
  const head = { id, sessionId: "s", madeAt: 0, attempts: 0 };
  const entry: OutboxEntry | null = state === null
    ? null
    : { ...head, state, kind: "message", message: id };
  return { id, order: id.charCodeAt(0), revision, entry, at: 1 };
});

function merged(...parts: LedgerRecord[][]): LedgerRecord[] {
  const ledger = new Ledger();
  for (const part of parts) ledger.merge(part);
  return ledger.records(1);
}

it("merging gives the same in any order and grouping, and again changes nothing", () => {
  const records = fc.array(record, { maxLength: 8 });
  fc.assert(fc.property(records, records, records, (one, two, three) => {
    const expected = merged(one, two, three);
    expect(merged(three, one, two)).toEqual(expected);
    expect(merged([...two, ...three], one)).toEqual(expected);
    expect(merged(merged(one, two), three)).toEqual(expected);
    const ledger = new Ledger();
    ledger.merge(expected);
    expect(ledger.merge(expected)).toBe(false);
    expect(ledger.isAheadOf(new Map(expected.map((each) => [each.id, each])))).toBe(false);
  }));
});

it("what is made again after it was taken out counts, and comes at the end", () => {
  const ledger = new Ledger();
  const message = (id: string): OutboxEntry => ({
    id,
    sessionId: "s",
    madeAt: 0,
    attempts: 0,
    state: "waiting",
    kind: "message",
    message: id,
  });
  ledger.put(message("a"));
  ledger.put(message("b"));
  ledger.remove("a", 1);
  const gone = ledger.records(1);
  ledger.put(message("a"));
  ledger.merge(gone);
  expect(ledger.entries().map(({ id }) => id)).toEqual(["b", "a"]);
});

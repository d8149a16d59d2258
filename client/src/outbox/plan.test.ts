import { describe, expect, it } from "vitest";
import { planNext } from "./plan.ts";
import type { OutboxEntry, OutboxEntryHead } from "./types.ts";

const NOW = 1_795_420_800_000;

function entry(id: string, kind: "set" | "message", head: Partial<OutboxEntryHead> = {}) {
  const set = { id, exerciseId: "e", exerciseName: "E", weightKg: 1, reps: 1, timestampMs: NOW };
  return {
    ...{ id, sessionId: "s", madeAt: NOW, state: "waiting", attempts: 0 },
    ...head,
    ...(kind === "set" ? { kind, set } : { kind, message: id }),
  } as OutboxEntry;
}

function plan(entries: OutboxEntry[], limit = 200) {
  const next = planNext(entries, NOW, limit);
  return next.kind === "send" ? next.entries.map(({ id }) => id) : next;
}

describe("what is sent next", () => {
  it("is nothing when all is delivered or refused", () => {
    const done = [
      entry("1", "set", { state: "delivered" }),
      entry("2", "set", { state: "refused" }),
    ];
    expect(plan(done)).toEqual({ kind: "nothing" });
    expect(plan([])).toEqual({ kind: "nothing" });
  });

  it("is the first, and with a set those that follow it without anything between", () => {
    const sets = [
      entry("1", "set", { state: "sending" }),
      entry("2", "set", { state: "refused" }),
      entry("3", "set"),
      entry("4", "message"),
      entry("5", "set"),
    ];
    expect(plan(sets)).toEqual(["1", "3"]);
    expect(plan(sets, 1)).toEqual(["1"]);
    expect(plan(sets.slice(3))).toEqual(["4"]);
  });

  it("is nothing before the first may be sent, whatever follows", () => {
    const waiting = entry("1", "message", { retryAt: NOW + 5_000 });
    expect(plan([waiting, entry("2", "set")])).toEqual({ kind: "wait", until: NOW + 5_000 });
    expect(
      plan([entry("0", "set"), entry("1", "set", { retryAt: NOW + 5_000 }), entry("2", "set")]),
    )
      .toEqual(["0"]);
    expect(plan([entry("1", "message", { retryAt: NOW })])).toEqual(["1"]);
  });

  it("does not wait for what a clock that was wrong wrote down", () => {
    const waiting = entry("1", "message", { retryAt: NOW + 86_400_000 });
    expect(plan([waiting])).toEqual({ kind: "wait", until: NOW + 300_000 });
  });
});

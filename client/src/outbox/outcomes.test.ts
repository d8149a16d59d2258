import { describe, expect, it } from "vitest";
import { outcomeOfError, outcomeOfMissing, outcomesOfSets } from "./outcomes.ts";
import { refusal } from "./testing/model-server.ts";
import type { OutboxEntry } from "./types.ts";

function set(id: string, attempts = 1): OutboxEntry {
  const work = { id, exerciseId: "e", exerciseName: "E", weightKg: 1, reps: 1, timestampMs: 1 };
  return { id, sessionId: "s", madeAt: 1, state: "sending", attempts, kind: "set", set: work };
}

describe("an error", () => {
  it.each([
    [refusal("network_error", 0), "later"],
    [refusal("unexpected_answer", 404), "later"],
    [refusal("internal_error", 500), "later"],
    [refusal("rate_limited", 429, { retryAfterSeconds: 3 }), "later"],
    [new TypeError("a fault"), "later"],
    [refusal("unauthenticated", 401), "signed_out"],
    [refusal("not_participant", 403), "refused"],
    [refusal("session_ended", 409), "refused"],
    [refusal("invalid_request", 400), "refused"],
  ])("%s means %s", (error, kind) => {
    expect(outcomeOfError(error).kind).toBe(kind);
  });

  it("may say how long to wait", () => {
    const error = refusal("rate_limited", 429, { retryAfterSeconds: 3 });
    expect(outcomeOfError(error)).toMatchObject({ afterMs: 3_000 });
  });
});

describe("the verdicts about sets", () => {
  const judge = (outcome: string, attempts = 1) =>
    outcomesOfSets([set("a", attempts)], { results: [{ id: "a", outcome }], serverNow: 1 })[0];

  it.each([
    ["stored", "delivered"],
    ["duplicate", "delivered"],
    ["rate_limited", "later"],
    ["unauthenticated", "signed_out"],
    ["session_ended", "refused"],
    ["a_code_of_tomorrow", "refused"],
  ])("%s means %s", (outcome, kind) => {
    expect(judge(outcome)?.kind).toBe(kind);
  });

  it("are asked for again when the person came or went in that moment, a few times", () => {
    expect(judge("permission_denied", 1)?.kind).toBe("later");
    expect(judge("permission_denied", 3)?.kind).toBe("refused");
  });

  it("belong to their ids, in whatever order; without one it is not known what became of it", () => {
    const results = [{ id: "B", outcome: "stored" }, { id: "c", outcome: "session_ended" }];
    const kinds = outcomesOfSets([set("a"), set("b"), set("c")], { results, serverNow: 1 })
      .map(({ kind }) => kind);
    expect(kinds).toEqual(["later", "delivered", "refused"]);
  });

  it("are taken in order when the ids come back written differently", () => {
    const results = [{ id: "{a}", outcome: "stored" }, { id: "{b}", outcome: "session_ended" }];
    const kinds = outcomesOfSets([set("a"), set("b")], { results, serverNow: 1 });
    expect(kinds.map(({ kind }) => kind)).toEqual(["delivered", "refused"]);
  });
});

it("a set that is not there is removed already, and cannot be changed", () => {
  const head = { id: "a", sessionId: "s", madeAt: 1, state: "sending", attempts: 1 } as const;
  expect(outcomeOfMissing({ ...head, kind: "set_removal", setId: "b" }))
    .toEqual({ kind: "delivered" });
  expect(outcomeOfMissing({ ...head, kind: "set_change", setId: "b", change: {} }))
    .toMatchObject({ kind: "refused", reason: { code: "not_found" } });
});

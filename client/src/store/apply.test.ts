import { describe, expect, it } from "vitest";
import type { LiveSessionEvent } from "../types.ts";
import { applyEvents, applySnapshot } from "./apply.ts";
import { emptyRoom } from "./state.ts";
import { event, message, participant, set, snapshot, START } from "./testing.ts";

const begun = applySnapshot(emptyRoom("bob"), snapshot(3));

describe("applyEvents", () => {
  it("passes over kinds of events that it does not know, and asks for a fresh snapshot", () => {
    const strange = { ...message(4, "alice", "m"), type: "party" } as unknown as LiveSessionEvent;
    const state = applyEvents(begun, [strange, message(5, "alice", "n")]);
    expect(state.needsSnapshot).toBe(true);
    expect(state.events.map(({ seq }) => seq)).toEqual([4, 5]);
    expect(state.session?.lastEventSeq).toBe(5);
    // One from before it does not settle it, one from after it does.
    expect(applySnapshot(state, snapshot(3)).needsSnapshot).toBe(true);
    expect(applySnapshot(state, snapshot(4)).needsSnapshot).toBe(false);
  });

  it("wants no event to be missing, and takes none twice", () => {
    const state = applyEvents(begun, [message(4, "alice", "m")]);
    expect(() => applyEvents(state, [message(6, "alice", "n")])).toThrow(RangeError);
    expect(() => applyEvents(begun, [message(4, "a", "m"), message(6, "a", "n")]))
      .toThrow("Event 6 does not follow 4.");
    expect(applyEvents(state, [message(4, "alice", "m")])).toBe(state);
  });

  it("does not touch what it was given, nor make anew what has not changed", () => {
    const frozen = deepFreeze(begun);
    const state = applyEvents(frozen, [set(4, "alice", "one")]);
    expect(state.participants[1]).toBe(frozen.participants[1]);
    const next = applyEvents(deepFreeze(state), [message(5, "alice", "m")]);
    expect(next.sets).toBe(state.sets);
    expect(next.participants).toBe(state.participants);
    const later = applyEvents(next, [set(6, "bob", "two")]);
    expect(later.sets.get("alice")).toBe(state.sets.get("alice"));
    expect(state.sets.get("bob")).toBeUndefined();
  });

  it("does not touch the present with events from before the snapshot", () => {
    const empty = applySnapshot(emptyRoom("bob"), snapshot(3, { totalSetsCompleted: 2 }));
    const state = applyEvents(empty, [
      set(1, "alice", "one"),
      set(2, "alice", "two"),
      message(3, "alice", "m"),
    ]);
    expect(state.session).toBe(empty.session);
    expect(state.participants).toBe(empty.participants);
    expect(state.sets.get("alice")?.size).toBe(2);
    expect(applyEvents(state, [set(4, "bob", "three")]).session?.totalSetsCompleted).toBe(3);
  });

  it("doubts what depends on a part of the log that is gone", () => {
    const amended = { ...set(4, "alice", "old"), type: "set_updated" } as LiveSessionEvent;
    const state = applyEvents(begun, [amended]);
    expect(state.needsSnapshot).toBe(true);
    expect(state.sets.get("alice")?.get("old")?.weightKg).toBe(100);
  });

  it("adds weights up exactly", () => {
    const events = Array.from(
      { length: 30 },
      (_, index) => set(4 + index, "bob", `${index}`, 0.1 + index / 1000),
    );
    const whole = applyEvents(begun, events).participants[1]!.totalVolumeKg;
    expect(whole).toBe(17.175);
  });

  it("takes times and versions from events that tell them", () => {
    const joined = event(4, "carol", "user_joined", {
      displayName: "Carol",
      joinedAt: START + 7,
    });
    const rest = event(5, "alice", "rest_ended", { version: 9 });
    const state = applyEvents(begun, [joined, rest]);
    expect(state.participants[2]).toMatchObject({ userId: "carol", joinedAt: START + 7 });
    expect(state.session?.version).toBe(9);
    expect(state.needsSnapshot).toBe(false);
  });

  it("takes 5,000 events at once, in pages or one by one, without freezing", () => {
    const people = Array.from({ length: 50 }, (_, index) => participant(`person ${index}`));
    const start = applySnapshot(emptyRoom("bob"), snapshot(0, {}, people));
    const log = Array.from({ length: 5_000 }, (_, index) => {
      const userId = `person ${index % 50}`;
      return index % 2 === 0
        ? set(index + 1, userId, `set ${index}`)
        : message(index + 1, userId, `m ${index}`);
    });
    const spent = (pageSize: number) => {
      const from = performance.now();
      let state = start;
      for (let at = 0; at < log.length; at += pageSize) {
        state = applyEvents(state, log.slice(at, at + pageSize));
      }
      expect(state.session?.totalSetsCompleted).toBe(2_500);
      return performance.now() - from;
    };
    // A few times what it takes on a slow machine; quadratic work would take minutes.
    expect(spent(5_000)).toBeLessThan(1_000);
    expect(spent(500)).toBeLessThan(1_000);
    expect(spent(1)).toBeLessThan(3_000);
  });
});

describe("applySnapshot", () => {
  it("ignores one that is older than what is known", () => {
    const newer = applySnapshot(begun, snapshot(9));
    expect(applySnapshot(newer, snapshot(8))).toBe(newer);
  });

  it("takes the ready check and the exercise from recent events until the log is there", () => {
    const check = event(8, "alice", "ready_check", {
      state: "waiting",
      policy: "all",
      deadline: START + 60_000,
      ready: ["alice"],
      waitingFor: ["bob"],
    });
    const state = applySnapshot(emptyRoom("bob"), snapshot(8, {}, undefined, [check]));
    expect(state.readyCheck).toMatchObject({ policy: "all", asked: ["alice", "bob"] });
    const events = Array.from({ length: 7 }, (_, index) => message(index + 1, "bob", `${index}`));
    const behind = applyEvents(state, events);
    expect(behind.readyCheck).toBe(state.readyCheck);
    const whole = applyEvents(behind, [check]);
    expect(whole.readyCheck).toEqual(state.readyCheck);
    const left = applyEvents(whole, [event(9, "bob", "user_left", { displayName: "Bob" })]);
    expect(left.readyCheck?.asked).toEqual(["alice"]);
  });

  it("counts as read what had happened before", () => {
    expect(begun.readUpToSeq).toBe(3);
    expect(applySnapshot(begun, snapshot(9)).readUpToSeq).toBe(3);
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const member of Object.values(value)) deepFreeze(member);
  return value;
}

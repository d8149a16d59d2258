import { describe, expect, it } from "vitest";
import { applyEvents, applySnapshot } from "../store/apply.ts";
import { emptyRoom } from "../store/state.ts";
import { event, message, participant, set, snapshot, START } from "../store/testing.ts";
import type { EventOf, LiveSessionEvent } from "../types.ts";
import { activityOf } from "./activity.ts";
import { lastDeparture, stayOf } from "./stay.ts";

const left = (seq: number, userId: string, timedOut?: boolean) =>
  event(seq, userId, "user_left", {
    displayName: userId,
    ...(timedOut ? { timedOut } : {}),
  }) as EventOf<"user_left">;
const begun = applySnapshot(emptyRoom("bob"), snapshot(0));

/** How Bob's stay stands after these events. */
function after(...events: LiveSessionEvent[]) {
  return stayOf(applyEvents(begun, events), lastDeparture(null, events, "bob"));
}

describe("stayOf", () => {
  it("tells who was taken for gone from who left", () => {
    const back = event(2, "bob", "user_joined", { displayName: "bob" });
    expect(stayOf(emptyRoom("bob"), null)).toBe("unknown");
    expect(after(message(1, "bob", "m"))).toBe("in");
    expect(after(left(1, "bob"))).toBe("away");
    expect(after(left(1, "bob", true))).toBe("timed_out");
    expect(after(left(1, "alice", true))).toBe("in");
    expect(after(left(1, "bob", true), back)).toBe("in");
    expect(after(left(1, "bob", true), back, left(3, "bob"))).toBe("away");
    expect(after(event(1, "alice", "session_ended", {}))).toBe("ended");
  });

  it("waits for the log where it tells why", () => {
    const gone = [participant("alice"), participant("bob", { leftAt: START + 1000 })];
    const state = applySnapshot(emptyRoom("bob"), snapshot(2, {}, gone));
    expect(stayOf(state, null)).toBe("unknown");
    const events = [left(1, "bob", true), message(2, "alice", "m")];
    const whole = applyEvents(state, events);
    expect(stayOf(whole, lastDeparture(null, events, "bob"))).toBe("timed_out");
    expect(stayOf(whole, null)).toBe("away");
  });

  it("knows who was never in it", () => {
    const state = applySnapshot(emptyRoom("carol"), snapshot(2, {}, []));
    expect(stayOf(state, null)).toBe("away");
  });
});

describe("lastDeparture", () => {
  it("is the last one, in whatever order they are told", () => {
    const [one, two] = [left(4, "bob"), left(9, "bob", true)];
    expect(lastDeparture(two, [one], "bob")).toBe(two);
    expect(lastDeparture(one, [message(5, "bob", "m"), two, left(10, "alice")], "bob")).toBe(two);
  });
});

describe("activityOf", () => {
  const joined = event(1, "bob", "user_joined", { displayName: "bob" });
  const status = (seq: number, currentExerciseId?: string) =>
    event(seq, "bob", "status_update", {
      status: "resting",
      ...(currentExerciseId === undefined ? {} : { currentExerciseId }),
    });

  it("is what was named or logged last", () => {
    const state = applyEvents(begun, [joined, status(2, "row"), set(3, "bob", "one")]);
    expect(activityOf(state)).toEqual({
      status: "resting",
      exerciseId: "squat",
      exerciseName: "Squat",
    });
    expect(activityOf(applyEvents(state, [status(4, "row"), set(5, "alice", "two")])))
      .toEqual({ status: "resting", exerciseId: "row" });
  });

  it("is the group's exercise for who has done nothing in this stay", () => {
    const step = event(3, "alice", "exercise_changed", { exerciseId: "x", exerciseName: "X" });
    const back = event(2, "bob", "user_joined", { displayName: "bob" });
    const state = applyEvents(begun, [set(1, "bob", "one"), back]);
    expect(activityOf(state)).toEqual({ status: "idle" });
    expect(activityOf(applyEvents(state, [step])))
      .toEqual({ status: "idle", exerciseId: "x", exerciseName: "X" });
  });
});

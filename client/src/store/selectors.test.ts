import { describe, expect, it } from "vitest";
import type { OutboxEntry } from "../outbox/types.ts";
import { applyEvents, applySnapshot } from "./apply.ts";
import { selectFeed, selectUnread } from "./selectors/feed.ts";
import { selectRestLeft, selectWhoIsReady } from "./selectors/guided.ts";
import {
  type LeaderboardMeasure,
  selectLeaderboard,
  selectParticipants,
} from "./selectors/people.ts";
import { selectMySets, selectSetsOf } from "./selectors/sets.ts";
import { settledEntries } from "./settled.ts";
import { emptyRoom, type RoomState } from "./state.ts";
import { event, message, participant, set, snapshot, START } from "./testing.ts";

const begun = applySnapshot(emptyRoom("bob"), snapshot(0));

type Head = "sessionId" | "madeAt" | "attempts" | "state";
type Made = OutboxEntry extends infer Entry ? Entry extends unknown ? Omit<Entry, Head> : never
  : never;

function made(entry: Made, state: OutboxEntry["state"] = "waiting"): OutboxEntry {
  return { ...entry, sessionId: "session", madeAt: START, attempts: 0, state } as OutboxEntry;
}

const newSet = (id: string, weightKg = 100) =>
  made({
    kind: "set",
    id,
    set: {
      id,
      exerciseId: "squat",
      exerciseName: "Squat",
      weightKg,
      reps: 5,
      timestampMs: START,
    },
  });

const keys = (state: RoomState) => selectFeed(state).map(({ key, kind }) => `${kind} ${key}`);

describe("selectFeed", () => {
  it("has what was made here once, whichever of outbox and log hears first", () => {
    const outbox = [newSet("one"), made({ kind: "message", id: "m", message: "Go" })];
    const waiting = { ...begun, outbox };
    expect(keys(waiting)).toEqual(["own one", "own m"]);
    const logged = applyEvents(waiting, [set(1, "bob", "one"), message(2, "bob", "m")]);
    expect(keys(logged)).toEqual(["event one", "event m"]);
    expect(settledEntries(logged)).toEqual(["one", "m"]);
    expect(selectFeed({ ...logged, outbox: [] })).toEqual(selectFeed(logged));
  });

  it("does not take somebody else's id for one's own", () => {
    const outbox = [newSet("one"), made({ kind: "message", id: "m", message: "Go" })];
    const state = applyEvents({ ...begun, outbox }, [
      set(1, "alice", "one"),
      message(2, "alice", "m"),
    ]);
    expect(selectFeed(state)).toHaveLength(4);
    expect(settledEntries(state)).toEqual([]);
  });

  it("shows sets as they are now, and not those that were removed", () => {
    const state = applyEvents(begun, [
      set(1, "alice", "one"),
      set(2, "alice", "two"),
      event(3, "alice", "set_removed", {
        setId: "one",
        exerciseId: "squat",
        exerciseName: "Squat",
      }),
      { ...set(4, "alice", "two", 120), type: "set_updated" } as never,
    ]);
    expect(selectFeed(state)).toMatchObject([{ key: "two", set: { weightKg: 120 } }]);
    expect(selectSetsOf(state, "alice")).toMatchObject([{ setId: "two", amendedAt: START + 4000 }]);
  });

  it("marks what is on its way, and what was refused", () => {
    const error = { code: "invalid_request", detail: "Too long." };
    const refused = { ...made({ kind: "message", id: "m", message: "!" }, "refused"), error };
    const state = { ...begun, outbox: [newSet("one"), refused] };
    expect(selectFeed(state)).toMatchObject([
      { key: "one", delivery: "pending" },
      { key: "m", delivery: "refused", entry: { error } },
    ]);
  });

  it("keeps lines that have not changed the same objects", () => {
    const before = applyEvents(begun, [set(1, "alice", "one"), set(2, "bob", "two")]);
    const after = applyEvents(before, [message(3, "alice", "m")]);
    expect(selectFeed(after)[0]).toBe(selectFeed(before)[0]);
    expect(selectFeed(after)[1]).toBe(selectFeed(before)[1]);
    expect(selectFeed(after)).toBe(selectFeed({ ...after, clockOffsetMs: 3 }));
  });

  it("is quick enough to be asked for after every one of 5,000 events", () => {
    const log = Array.from({ length: 5_000 }, (_, index) => set(index + 1, "alice", `${index}`));
    const whole = applyEvents(begun, log);
    selectFeed(whole);
    const from = performance.now();
    for (let index = 0; index < 50; index++) {
      const next = applyEvents(whole, [message(5_001, "alice", "m")]);
      expect(selectFeed(next)).toHaveLength(5_001);
    }
    expect((performance.now() - from) / 50).toBeLessThan(50);
  });
});

describe("selectMySets", () => {
  const logged = applyEvents(begun, [set(1, "bob", "one"), set(2, "bob", "two")]);

  it("shows changes and removals at once, until the log has them", () => {
    const change = made({ kind: "set_change", id: "c", setId: "one", change: { reps: 8 } });
    const removal = made({ kind: "set_removal", id: "r", setId: "two" });
    const state = { ...logged, outbox: [change, removal] };
    expect(selectMySets(state)).toMatchObject([{ setId: "one", reps: 8, delivery: "pending" }]);
    // A change that waits is not settled by what the log says, one that has arrived is.
    const amended = { ...set(3, "bob", "one"), type: "set_updated" } as never;
    const removed = event(4, "bob", "set_removed", {
      setId: "two",
      exerciseId: "squat",
      exerciseName: "Squat",
    });
    const after = applyEvents(state, [amended, removed]);
    expect(settledEntries(after)).toEqual(["r"]);
    const delivered = { ...after, outbox: [{ ...change, state: "delivered" as const }] };
    expect(settledEntries(delivered)).toEqual(["c"]);
    expect(selectMySets(delivered)).toMatchObject([{ reps: 5, delivery: "delivered" }]);
  });

  it("says of a set whose change was refused that it was", () => {
    const error = { code: "session_ended", detail: "Over." };
    const entry = made({ kind: "set_change", id: "c", setId: "one", change: { reps: 8 } });
    const state = { ...logged, outbox: [{ ...entry, state: "refused" as const, error }] };
    expect(selectMySets(state)[0]).toMatchObject({ reps: 5, delivery: "refused", error });
  });
});

describe("people", () => {
  it("are who is in it, or was at its end", () => {
    const left = event(1, "alice", "user_left", { displayName: "alice" });
    const state = applyEvents(begun, [left]);
    expect(selectParticipants(state).map(({ userId }) => userId)).toEqual(["bob"]);
    const ended = applyEvents(state, [event(2, "bob", "session_ended", {})]);
    expect(selectParticipants(ended).map(({ userId }) => userId)).toEqual(["bob"]);
  });

  it("are ranked, equals alike, without those who left and did nothing", () => {
    const people = [
      participant("alice", { setsCompleted: 2, totalVolumeKg: 500 }),
      participant("bob", { setsCompleted: 3, totalVolumeKg: 500, prCount: 1 }),
      participant("carol", { setsCompleted: 1, totalVolumeKg: 900, leftAt: START + 1 }),
      participant("dave", { leftAt: START + 1 }),
    ];
    const state = applySnapshot(emptyRoom("bob"), snapshot(0, {}, people));
    const board = (measure?: LeaderboardMeasure) =>
      selectLeaderboard(state, measure).map(({ rank, participant }) =>
        `${rank} ${participant.userId}`
      );
    expect(board()).toEqual(["1 carol", "2 alice", "2 bob"]);
    expect(board("sets")).toEqual(["1 bob", "2 alice", "3 carol"]);
    expect(board("records")).toEqual(["1 bob", "2 alice", "2 carol"]);
    expect(selectLeaderboard(state)).toBe(selectLeaderboard(state));
  });

  it("are waited for only if they were asked", () => {
    const check = event(1, "alice", "ready_check", {
      state: "waiting",
      policy: "all",
      deadline: START + 60_000,
      ready: ["alice"],
      waitingFor: ["bob"],
    });
    const joined = event(2, "carol", "user_joined", { displayName: "carol" });
    const names = (state: RoomState) => selectWhoIsReady(state).waitingFor.map((p) => p.userId);
    const asked = applyEvents(begun, [check, joined]);
    expect(names(asked)).toEqual(["bob"]);
    const ready = event(3, "bob", "ready_status_changed", { isReady: true });
    expect(names(applyEvents(asked, [ready]))).toEqual([]);
    const moved = event(3, "alice", "exercise_changed", { exerciseId: "x", exerciseName: "X" });
    expect(names(applyEvents(asked, [moved]))).toEqual(["bob", "carol"]);
  });
});

describe("time and attention", () => {
  it("a rest runs on the server's clock and stands still in a pause", () => {
    const rest = applyEvents({ ...begun, clockOffsetMs: 5_000 }, [
      event(1, "alice", "rest_started", { restEndsAt: START + 60_000 }),
    ]);
    expect(selectRestLeft(rest, START)).toBe(55_000);
    expect(selectRestLeft(rest, START + 60_000)).toBe(0);
    const paused = applyEvents(rest, [
      event(2, "alice", "session_paused", { pausedAt: START + 20_000 }),
    ]);
    expect(selectRestLeft(paused, START + 99_000)).toBe(40_000);
    expect(selectRestLeft(begun, START)).toBe(0);
  });

  it("unread are words of others and cheers for oneself since one has read", () => {
    const cheer = (seq: number, targetUserId: string) =>
      event(seq, "alice", "reaction", { targetUserId, emote: "fire" });
    const state = applyEvents(begun, [
      message(1, "alice", "a"),
      message(2, "bob", "b"),
      cheer(3, "bob"),
      cheer(4, "carol"),
    ]);
    expect(selectUnread(state)).toBe(2);
    expect(selectUnread({ ...state, readUpToSeq: 1 })).toBe(1);
    expect(selectUnread({ ...state, readUpToSeq: 4 })).toBe(0);
    expect(selectUnread({ ...state, readUpToSeq: null })).toBe(0);
  });
});

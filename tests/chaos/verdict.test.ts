import { describe, expect, it } from "vitest";
import type { Truth } from "./truth.ts";
import { faultsOf, type Witnessed } from "./verdict.ts";

// The judge of the chaos has to see what it is there to see: each kind of fault, made by hand.

const me = "me";
const log = [
  { id: "e1", seq: 1, type: "session_created", data: {} },
  { id: "e2", seq: 2, type: "set_completed", data: { setId: "s1" } },
  { id: "e3", seq: 3, type: "set_completed", data: { setId: "s2" } },
  { id: "e4", seq: 4, type: "set_removed", data: { setId: "s2" } },
  { id: "e5", seq: 5, type: "message", data: { messageId: "m1" } },
  { id: "e6", seq: 6, type: "reaction", data: { reactionId: "r1" } },
];
const session = { id: "session", lastEventSeq: 6 };
const participants = [{ userId: me, setsCompleted: 1, joinedAt: 5_000, lastActiveAt: 1 }];

const truth: Truth = {
  events: log,
  sets: [{ id: "s1", userId: me, weightKg: 80, reps: 6 }],
  reactions: [{ id: "r1", userId: me }],
  messages: [{ id: "m1", userId: me, message: "Go" }],
  snapshot: { session, participants, lastSeq: 6 },
};

function witnessed(changes: Partial<Witnessed> = {}): Witnessed {
  return {
    id: me,
    name: "Ann",
    state: {
      session,
      participants: [{ userId: me, setsCompleted: 1, joinedAt: 5_002, lastActiveAt: 2 }],
      events: [...log],
      outbox: [],
      tokens: 1,
    },
    made: [
      { made: "set", id: "s1", weightKg: 80, reps: 8 },
      { made: "set_change", id: "s1", reps: 6 },
      { made: "set", id: "s2", weightKg: 80, reps: 2 },
      { made: "set_removal", id: "s2" },
      { made: "message", id: "m1", message: "Go" },
      { made: "reaction", id: "r1", emote: "fire", toUserId: "you" },
    ],
    kills: 0,
    ...changes,
  };
}

function withState(changes: Partial<Witnessed["state"]>): Witnessed {
  const one = witnessed();
  return { ...one, state: { ...one.state, ...changes } };
}

describe("The judge of the chaos", () => {
  it("has nothing to say when all is well", () => {
    expect(faultsOf(truth, [witnessed()])).toEqual([]);
  });

  it.each<[string, Witnessed, RegExp]>([
    ["an event that was lost", withState({ events: log.slice(0, 5) }), /events: 1 lost: e6/],
    ["a gap", withState({ events: log.toSpliced(2, 1) }), /events: 1 lost: e3/],
    ["an event that came twice", withState({ events: [...log, log[5]] }), /1 twice: e6/],
    ["events in another order", withState({ events: log.toReversed() }), /out of order/],
    [
      "an event with other data",
      withState({ events: log.with(1, { ...log[1]!, data: { setId: "other" } }) }),
      /event 2 differs/,
    ],
    [
      "an event that nobody sent",
      withState({ events: [...log, { id: "e7", seq: 7 }] }),
      /1 from nowhere: e7/,
    ],
    [
      "another counter",
      withState({ participants: [{ ...participants[0], setsCompleted: 2 }] }),
      /participants differ: \.0\.setsCompleted: 2 instead of 1; $/,
    ],
    [
      "somebody who came at another time",
      withState({ participants: [{ ...participants[0], joinedAt: 7_000 }] }),
      /participants differ: \.0\.joinedAt/,
    ],
    ["somebody missing", withState({ participants: [] }), /participants differ: \.0: nothing/],
    ["an old session", withState({ session: { ...session, lastEventSeq: 5 } }), /lastEventSeq/],
    ["something left in the outbox", withState({ outbox: [{ id: "s9" }] }), /outbox holds/],
    [
      "a set that never arrived",
      witnessed({ made: [...witnessed().made, { made: "set", id: "s3", weightKg: 1, reps: 1 }] }),
      /own sets: 1 lost: s3/,
    ],
    [
      "a set that was not amended",
      witnessed({ made: [...witnessed().made, { made: "set_change", id: "s1", reps: 7 }] }),
      /s1 is 80 kg × 6, not 80 × 7/,
    ],
    [
      "a set that was removed and is there",
      witnessed({ made: [...witnessed().made, { made: "set_removal", id: "s1" }] }),
      /own sets: 1 from nowhere: s1/,
    ],
  ])("sees %s", (_, one, fault) => {
    expect(faultsOf(truth, [one]).join("\n")).toMatch(fault);
  });

  it("forgives a process that was killed between taking and noting, once a kill", () => {
    const unnoted = { made: witnessed().made.filter(({ id }) => id !== "m1") };
    expect(faultsOf(truth, [witnessed(unnoted)])).toEqual([
      "Ann: own messages: 1 from nowhere: m1",
    ]);
    expect(faultsOf(truth, [witnessed({ ...unnoted, kills: 1 })])).toEqual([]);
  });

  it("sees a set that the database stored and the log tells twice", () => {
    const twice = { ...log[1]!, id: "e7", seq: 7 };
    const broken = { ...truth, events: [...log, twice] };
    expect(faultsOf(broken, [withState({ events: [...log, twice] })]))
      .toEqual(["sets in the log: 1 twice: s1"]);
  });
});

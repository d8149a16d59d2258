import { describe, expect, it } from "vitest";
import { event, GUEST_ID, HOST_ID, NOW, plan } from "../examples.ts";
import { LiveSessionEvent } from "./live-session-event.ts";

type Data = Record<string, unknown> | undefined;

const setId = event.id;
const bench = { exerciseId: "bench", exerciseName: "Bench press" };
const waiting = { deadline: NOW, ready: [HOST_ID], waitingFor: [GUEST_ID] };

/** The contract's types of events, each with what its data may look like. */
const DATA: Record<string, readonly Data[]> = {
  session_created: [{ mode: "shared" }],
  session_started: [undefined],
  session_ended: [{}],
  session_updated: [{ name: null }, { theme: "x", visibility: "private", maxParticipants: 2 }],
  session_paused: [{ pausedAt: NOW }],
  session_resumed: [{}, { restEndsAt: NOW }],
  host_changed: [{ hostId: GUEST_ID, displayName: "Bob", previousHostId: HOST_ID }],
  leader_changed: [{ leaderId: GUEST_ID, displayName: "Bob", previousLeaderId: HOST_ID }],
  user_joined: [{ displayName: "Alice", avatarUrl: "https://example.com/a.png" }],
  user_left: [
    { displayName: "Alice" },
    { displayName: "Alice", removed: true },
    { displayName: "Alice", timedOut: true },
  ],
  set_completed: [event.data],
  set_updated: [event.data],
  set_removed: [{ setId, ...bench }],
  pr_revoked: [{ setId, ...bench }],
  exercise_changed: [bench, { ...bench, targetSets: 5, targetRepsMin: 3, targetRepsMax: 5 }],
  plan_changed: [{ plannedExercises: plan }, { plannedExercises: [] }],
  ready_status_changed: [{ isReady: true }],
  ready_check: [
    { state: "waiting", policy: "all", ...waiting },
    { state: "waiting", policy: "quorum", quorum: 2, ...waiting },
    { state: "open", reason: "ready", late: [] },
    { state: "open", reason: "deadline", late: [{ userId: GUEST_ID, displayName: "Bob" }] },
  ],
  rest_started: [{ restEndsAt: NOW }, { restEndsAt: NOW, extended: true }],
  rest_ended: [{}, { skipped: true }],
  status_update: [{ status: "resting", currentExerciseId: "squat" }],
  reaction: [{ targetUserId: event.userId, emote: "fire", targetSetId: event.id }],
  message: [{ message: "Go!" }],
};

const cases = Object.entries(DATA).flatMap(([type, all]) => all.map((data) => ({ type, data })));

describe("LiveSessionEvent", () => {
  it("knows every type of the contract", () => {
    const types = LiveSessionEvent.options.map((option) => option.shape.type.value);
    expect(types.sort()).toEqual(Object.keys(DATA).sort());
  });

  it.each(cases)("keeps $type with $data as it is", ({ type, data }) => {
    const whole = { ...event, type, data };
    expect(LiveSessionEvent.parse(whole)).toEqual(whole);
  });

  it.each(cases)("keeps what a later version of the database adds to $type", ({ type, data }) => {
    const whole = { ...event, type, data: { ...data, more: 1 } };
    expect(LiveSessionEvent.parse(whole)).toEqual(whole);
  });

  it.each([
    { ...event, type: "party" },
    { ...event, seq: 0 },
    { ...event, data: undefined },
    { ...event, data: { ...event.data, reps: "5" } },
    { ...event, type: "ready_check", data: { state: "open", reason: "tired", late: [] } },
    { ...event, type: "ready_check", data: { state: "waiting", policy: "all" } },
    { ...event, type: "rest_started", data: {} },
    { ...event, type: "session_updated", data: { visibility: null } },
  ])("refuses what is no event", (wrong) => {
    expect(LiveSessionEvent.safeParse(wrong).success).toBe(false);
  });
});

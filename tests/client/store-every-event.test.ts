import { describe, expect, it } from "vitest";
import { applyEvents, applySnapshot } from "../../client/src/store/apply.ts";
import { selectCurrentExercise } from "../../client/src/store/selectors/guided.ts";
import { selectMySets } from "../../client/src/store/selectors/sets.ts";
import { emptyRoom } from "../../client/src/store/state.ts";
import type { SessionSnapshot } from "../../client/src/types.ts";
import { LiveSessionEvent } from "../../supabase/functions/_shared/schemas/live-session-event.ts";
import { call } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { act, PLAN, send, startGuided } from "../helpers/guided.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  leaveSession,
  openSession,
  readEvents,
  readSnapshot,
  removeFromSession,
  startSession,
} from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import {
  expectEverySnapshotReached,
  expectLateAreThoseWaitedFor,
  expectLateSnapshotsAreBroughtForward,
} from "./store-history.ts";

/** Writes to a table over REST, as a client does. */
async function rest(person: Person, method: string, path: string, body?: object): Promise<void> {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const answer = await fetch(`${API_URL}/rest/v1/${path}`, {
    method,
    headers: {
      apikey: PUBLISHABLE_KEY,
      authorization: `Bearer ${person.token}`,
      "content-type": "application/json",
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}

/** Lets the clock look at rests and ready checks as if these seconds had passed. */
async function tick(seconds: number): Promise<void> {
  await withDatabase((sql) =>
    sql`select private.run_clock(now() + ${seconds} * interval '1 second')`
  );
}

describe("a session in which everything happens", () => {
  it("comes out of any snapshot of it and the events since", async () => {
    const [alice, bob, carol, dave, erin] = await createPeople(
      "Alice",
      "Bob",
      "Carol",
      "Dave",
      "Erin",
    );
    const { id } = await openSession(alice, { mode: "guided", plannedExercises: PLAN });
    const [first, second, third] = [1, 2, 3].map(() => crypto.randomUUID()) as [
      string,
      string,
      string,
    ];
    const lift = (set: string, person: Person, weight: number, ago: number) =>
      rest(person, "POST", "live_session_sets", {
        id: set,
        session_id: id,
        user_id: person.id,
        exercise_id: "squat",
        exercise_name: "Squat",
        set_type: "working",
        weight_kg: weight,
        reps: 5,
        timestamp_ms: Date.now() - ago,
      });
    const bobs = `live_session_participants?session_id=eq.${id}&user_id=eq.${bob.id}`;
    const version = async () => (await readSnapshot(id, alice)).session.version;
    const move = async (action: string, body: object = {}) =>
      await act(id, alice, action, { ...body, expectedVersion: await version() });

    const steps: (() => Promise<unknown>)[] = [
      () => joinSession(id, bob, carol),
      () => call("PATCH", `/sessions/${id}`, alice, { name: "Legs", maxParticipants: 9 }),
      () => startSession(id, alice),
      () => joinSession(id, dave, erin),
      () => call("PATCH", `/sessions/${id}`, alice, { name: null, theme: "heavy" }),
      () => call("PATCH", `/sessions/${id}`, alice, { theme: null, visibility: "friends" }),
      () => move("next"),
      () => move("exercise", { exerciseId: "plank", exerciseName: "Plank" }),
      () => move("plan", { plannedExercises: [...PLAN, { exerciseId: "plank", targetSets: 2 }] }),
      () => send(id, alice, "ready-check", { deadlineSeconds: 60, policy: "quorum", quorum: 3 }),
      () => send(id, bob, "ready", { isReady: true }),
      () => send(id, carol, "ready", { isReady: true }),
      () => send(id, bob, "ready", { isReady: false }),
      () => send(id, alice, "ready-check", { deadlineSeconds: 5, policy: "all" }),
      () => leaveSession(id, carol),
      () => call("PATCH", `/sessions/${id}`, alice, { visibility: "public" }),
      () => joinSession(id, carol),
      () => tick(6),
      () => move("next"),
      () => act(id, alice, "rest", { seconds: 90 }),
      () => act(id, alice, "rest/extend", { seconds: 30 }),
      () => act(id, alice, "pause"),
      () => act(id, alice, "rest", { seconds: 40 }),
      () => act(id, alice, "rest", { seconds: 40 }),
      () => act(id, alice, "resume"),
      () => act(id, alice, "rest/skip"),
      () => act(id, alice, "rest", { seconds: 10 }),
      () => tick(11),
      () => act(id, alice, "pause"),
      () => act(id, alice, "resume"),
      () => lift(first, bob, 60.25, 3000),
      () => lift(second, bob, 80, 1000),
      // Done before the record, written down after it: the record is none any more.
      () => lift(third, bob, 90.125, 2000),
      () => rest(bob, "PATCH", `live_session_sets?id=eq.${first}`, { reps: 6 }),
      () => rest(bob, "DELETE", `live_session_sets?id=eq.${third}`),
      // A record that is amended and stays one.
      () => rest(bob, "PATCH", `live_session_sets?id=eq.${second}`, { reps: 7 }),
      () => lift(crypto.randomUUID(), alice, 100, 0),
      () => rest(bob, "PATCH", bobs, { status: "resting", current_exercise_id: "squat" }),
      () => rest(bob, "PATCH", bobs, { status: "idle", current_exercise_id: null }),
      () => rest(bob, "POST", "live_session_messages", { session_id: id, message: "Go!" }),
      () =>
        rest(bob, "POST", "live_session_reactions", {
          session_id: id,
          to_user_id: alice.id,
          emote: "fire",
        }),
      () => act(id, alice, "leader", { userId: bob.id }),
      // Now that host and leader are two, events tell whose doing the end of a rest was.
      () => act(id, bob, "rest", { seconds: 1 }),
      () => tick(2),
      () => act(id, bob, "rest", { seconds: 1 }),
      () =>
        new Promise((resolve) => setTimeout(resolve, 1_050))
          .then(() => act(id, bob, "rest/skip")),
      () => call("POST", `/sessions/${id}/host`, alice, { userId: bob.id }),
      () => leaveSession(id, carol),
      () => removeFromSession(id, bob, dave),
      () =>
        withDatabase(async (sql) => {
          await sql`update public.live_session_participants
            set last_active_at = now() - interval '7 hours'
            where session_id = ${id} and user_id = ${erin.id}`;
          await sql`select private.run_janitor(now())`;
        }),
      () => leaveSession(id, bob),
      () => joinSession(id, bob, carol),
      () => leaveSession(id, alice),
      () => joinSession(id, alice),
      () => endSession(id, bob),
    ];
    const snapshots: SessionSnapshot[] = [await readSnapshot(id, alice)];
    for (const step of steps) {
      await step();
      snapshots.push(await readSnapshot(id, alice));
    }
    const log = await readEvents(id, alice);
    const known = LiveSessionEvent.options.map((option) => option.shape.type.value);
    expect([...new Set(log.map(({ type }) => type))].sort()).toEqual(known.sort());

    const doubts = expectEverySnapshotReached(bob.id, snapshots, log);
    expectLateSnapshotsAreBroughtForward(bob.id, snapshots, log);
    expect(expectLateAreThoseWaitedFor(alice.id, snapshots[0]!, log)).toBe(2);
    // The one thing that events leave open: the end of a rest while the host leads.
    expect(doubts.count).toBeLessThan(snapshots.length);

    const state = applyEvents(applySnapshot(emptyRoom(bob.id), snapshots.at(-1)!), log);
    const { data } = await readSets(id, bob);
    expect(
      selectMySets(state).map(({ setId, weightKg, reps, isPR, e1rmKg }) => ({
        id: setId,
        weight_kg: weightKg,
        reps,
        is_pr: isPR,
        e1rm_kg: e1rmKg,
      })),
    ).toEqual(data);
    expect(data).toHaveLength(2);
  });

  it("tells the exercise by name and with its target", async () => {
    const [alice] = await createPeople("Alice");
    const { id } = await startGuided(alice);
    await act(id, alice, "next", { expectedVersion: 0 });
    const seen = async () =>
      selectCurrentExercise(
        applySnapshot(emptyRoom(alice.id), await readSnapshot(id, alice)),
      );
    expect(await seen()).toEqual({
      exerciseId: "squat",
      exerciseName: "squat",
      target: PLAN[0],
    });
    await act(id, alice, "next", { expectedVersion: 1 });
    await act(id, alice, "next", { expectedVersion: 2 });
    // The plan has squats twice; these are the second.
    expect((await seen())?.target).toEqual(PLAN[2]);
    await act(id, alice, "exercise", {
      exerciseId: "plank",
      exerciseName: "Plank",
      expectedVersion: 3,
    });
    expect(await seen()).toEqual({ exerciseId: "plank", exerciseName: "Plank", target: null });
  });
});

async function readSets(sessionId: string, person: Person): Promise<{ data: unknown[] }> {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const columns = "id,weight_kg,reps,is_pr,e1rm_kg";
  const answer = await fetch(
    `${API_URL}/rest/v1/live_session_sets?session_id=eq.${sessionId}&user_id=eq.${person.id}` +
      `&select=${columns}&order=created_at`,
    { headers: { apikey: PUBLISHABLE_KEY, authorization: `Bearer ${person.token}` } },
  );
  const rows = await answer.json() as Record<string, unknown>[];
  // Numeric columns keep their zeros, which makes them texts with some servers.
  return {
    data: rows.map((row) => ({
      ...row,
      weight_kg: Number(row.weight_kg),
      e1rm_kg: Number(row.e1rm_kg),
    })),
  };
}

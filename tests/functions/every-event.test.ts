import { describe, expect, it } from "vitest";
import { LiveSessionEvent } from "../../supabase/functions/_shared/schemas/live-session-event.ts";
import { call } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { act, PLAN, send, startGuided } from "../helpers/guided.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  leaveSession,
  readEvents,
  removeFromSession,
} from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";

// Everything that can happen, in one session: the log has to be as the documentation says, or the
// function could not answer with it.

/** Writes to a table over REST, as a client does. */
async function rest(
  person: Person,
  method: string,
  path: string,
  body?: Record<string, unknown>,
): Promise<void> {
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

describe("a session in which everything happens", () => {
  it("has every kind of event in its log, each as documented", async () => {
    const [alice, bob, carol, dave, erin] = await createPeople(
      "Alice",
      "Bob",
      "Carol",
      "Dave",
      "Erin",
    );
    const { id } = await startGuided(alice, [bob, carol, dave, erin]);
    await call("PATCH", `/sessions/${id}`, alice, {
      name: "Legs",
      theme: null,
      maxParticipants: 9,
    });
    await call("PATCH", `/sessions/${id}`, alice, { name: null, visibility: "friends" });

    const { version } = await act(id, alice, "plan", {
      plannedExercises: PLAN,
      expectedVersion: 0,
    });
    await act(id, alice, "next", { expectedVersion: version });
    await send(id, alice, "ready-check", { deadlineSeconds: 60, policy: "quorum", quorum: 2 });
    await send(id, bob, "ready", { isReady: true });
    await act(id, alice, "rest", { seconds: 90 });
    await act(id, alice, "rest/extend", { seconds: 30 });
    await act(id, alice, "pause");
    await act(id, alice, "resume");
    await act(id, alice, "rest/skip");
    await act(id, alice, "pause");
    await act(id, alice, "resume");

    // The second set is a record over the first.
    const lift = async (id_: string, person: Person, weight: number, ago: number) => {
      await rest(person, "POST", "live_session_sets", {
        id: id_,
        session_id: id,
        user_id: person.id,
        exercise_id: "squat",
        exercise_name: "Squat",
        set_type: "working",
        weight_kg: weight,
        reps: 5,
        timestamp_ms: Date.now() - ago,
      });
    };
    const [first, second, third] = [1, 2, 3].map(() => crypto.randomUUID()) as [
      string,
      string,
      string,
    ];
    await lift(first, bob, 60, 3000);
    await lift(second, bob, 80, 1000);
    // Done before the record, written down after it: the record is none any more.
    await lift(third, bob, 90, 2000);
    await rest(bob, "PATCH", `live_session_sets?id=eq.${first}`, { reps: 6 });
    await rest(bob, "DELETE", `live_session_sets?id=eq.${third}`);
    const participant = `live_session_participants?session_id=eq.${id}&user_id=eq.${bob.id}`;
    await rest(bob, "PATCH", participant, { status: "resting", current_exercise_id: "squat" });
    await rest(bob, "POST", "live_session_messages", { session_id: id, message: "Go!" });
    await rest(bob, "POST", "live_session_reactions", {
      session_id: id,
      to_user_id: alice.id,
      emote: "fire",
    });

    await act(id, alice, "leader", { userId: bob.id });
    await call("POST", `/sessions/${id}/host`, alice, { userId: bob.id });
    await leaveSession(id, carol);
    await removeFromSession(id, bob, dave);
    await withDatabase(async (sql) => {
      await sql`update public.live_session_participants
        set last_active_at = now() - interval '11 minutes'
        where session_id = ${id} and user_id = ${erin.id}`;
      await sql`select private.run_janitor(now())`;
    });
    await joinSession(id, alice);
    await endSession(id, bob);

    const events = await readEvents(id, alice);
    const known = LiveSessionEvent.options.map((option) => option.shape.type.value);
    expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(known.sort());
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const data = events.map((event) => [event.type, event.data]);
    expect(data).toEqual(expect.arrayContaining([
      ["session_updated", { name: "Legs", maxParticipants: 9 }],
      ["session_updated", { name: null, visibility: "friends" }],
      ["user_left", { displayName: "Carol", leftAt: expect.any(Number) }],
      ["user_left", { displayName: "Dave", removed: true, leftAt: expect.any(Number) }],
      ["user_left", { displayName: "Erin", timedOut: true, leftAt: expect.any(Number) }],
      ["host_changed", { hostId: bob.id, displayName: "Bob", previousHostId: alice.id }],
      ["pr_revoked", { setId: second, exerciseId: "squat", exerciseName: "Squat" }],
      ["set_removed", { setId: third, exerciseId: "squat", exerciseName: "Squat" }],
    ]));
  });
});

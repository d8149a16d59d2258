import { describe, expect, it } from "vitest";
import { SessionAnswer } from "../../supabase/functions/_shared/schemas/answers.ts";
import type { LiveSession } from "../../supabase/functions/_shared/schemas/live-session.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { act, send, startGuided } from "../helpers/guided.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  openSession,
  readEvents,
  readSnapshot,
  startSession,
} from "../helpers/sessions.ts";

async function assemble() {
  const [leader, follower] = await createPeople("Leader", "Follower");
  const session = await startGuided(leader, [follower]);
  return { leader, follower, session, id: session.id };
}

async function eventsOf(id: string, person: Person, from: LiveSession) {
  const events = await readEvents(id, person);
  return events.slice(from.lastEventSeq).map(({ type, data }) => [type, data]);
}

/** Lets time pass for a session: everything that was is so much longer ago. */
async function letPass(id: string, seconds: number): Promise<void> {
  await withDatabase((sql) =>
    sql`
      update public.live_sessions
      set paused_at = paused_at - ${seconds} * interval '1 second',
        rest_ends_at = rest_ends_at - ${seconds} * interval '1 second'
      where id = ${id}`
  );
}

describe("a rest", () => {
  it("has one absolute end on the server's clock", async () => {
    const { leader, follower, session, id } = await assemble();
    const answer = await send(id, leader, "rest", { seconds: 90 });
    const rest = expectAnswer(answer, 200, SessionAnswer);
    const restEndsAt = rest.session.restEndsAt ?? 0;
    expect(Math.abs(restEndsAt - rest.serverNow - 90_000)).toBeLessThan(1000);
    expect((await readSnapshot(id, follower)).session.restEndsAt).toBe(restEndsAt);
    expect(await eventsOf(id, follower, session)).toEqual([["rest_started", { restEndsAt }]]);
  });

  it("is extended from its end, and skipped", async () => {
    const { leader, follower, session, id } = await assemble();
    const rest = await act(id, leader, "rest", { seconds: 90 });
    const restEndsAt = rest.restEndsAt ?? 0;
    const longer = await act(id, leader, "rest/extend", { seconds: 30 });
    expect(longer.restEndsAt).toBe(restEndsAt + 30_000);
    const skipped = await act(id, leader, "rest/skip");
    expect(skipped.restEndsAt).toBeUndefined();
    expect(await eventsOf(id, follower, session)).toEqual([
      ["rest_started", { restEndsAt }],
      ["rest_started", { restEndsAt: restEndsAt + 30_000, extended: true }],
      ["rest_ended", { skipped: true, version: skipped.version }],
    ]);
  });

  it("that is over, or never was, cannot be extended; skipping it says nothing", async () => {
    const { leader, follower, session, id } = await assemble();
    const extend = () => send(id, leader, "rest/extend", { seconds: 30 });
    expectProblem(await extend(), "invalid_request");
    await act(id, leader, "rest/skip");
    expect(await eventsOf(id, follower, session)).toEqual([]);
    await act(id, leader, "rest", { seconds: 90 });
    await letPass(id, 91);
    expectProblem(await extend(), "invalid_request");
  });

  it("goes on for somebody who joins late", async () => {
    const { leader, id } = await assemble();
    const { restEndsAt } = await act(id, leader, "rest", { seconds: 90 });
    const late = await createPerson("Late");
    await joinSession(id, late);
    const { session } = await readSnapshot(id, late);
    expect(session).toMatchObject({ restEndsAt });
    expect(session.pausedAt).toBeUndefined();
  });
});

describe("a pause", () => {
  it("stands still what is left of a rest", async () => {
    const { leader, follower, session, id } = await assemble();
    const { restEndsAt: first = 0 } = await act(id, leader, "rest", { seconds: 90 });
    const { pausedAt = 0 } = await act(id, leader, "pause");
    await letPass(id, 60);
    const answer = await send(id, leader, "resume");
    const resumed = expectAnswer(answer, 200, SessionAnswer);
    const { restEndsAt = 0 } = resumed.session;
    expect(resumed.session.pausedAt).toBeUndefined();
    // As much is left as was when the pause began.
    expect(Math.abs((restEndsAt - resumed.serverNow) - (first - pausedAt))).toBeLessThan(500);
    expect(await eventsOf(id, follower, session)).toEqual([
      ["rest_started", { restEndsAt: first }],
      ["session_paused", { pausedAt }],
      ["session_resumed", { restEndsAt }],
    ]);
  });

  it("again changes nothing, and so does resuming", async () => {
    const { leader, follower, session, id } = await assemble();
    const paused = await act(id, leader, "pause");
    expect(await act(id, leader, "pause")).toEqual(paused);
    const resumed = await act(id, leader, "resume");
    expect(await act(id, leader, "resume")).toEqual(resumed);
    const types = (await eventsOf(id, follower, session)).map(([type]) => type);
    expect(types).toEqual(["session_paused", "session_resumed"]);
  });

  it("does not count as activity in the recap", async () => {
    const { leader, id } = await assemble();
    await act(id, leader, "pause");
    await new Promise((resolve) => setTimeout(resolve, 300));
    await act(id, leader, "resume");
    const { summary } = await endSession(id, leader);
    expect(summary.durationMs - summary.activeMs).toBeGreaterThanOrEqual(300);
    expect(summary.activeMs).toBeGreaterThanOrEqual(0);
  });

  it("in a shared session is the host's", async () => {
    const [host, guest] = await createPeople("Host", "Guest");
    const { id } = await openSession(host);
    await joinSession(id, guest);
    await startSession(id, host);
    for (const action of ["pause", "resume"]) {
      expectProblem(await send(id, guest, action), "not_host");
      await act(id, host, action);
    }
    const types = (await readEvents(id, guest)).slice(-2).map(({ type }) => type);
    expect(types).toEqual(["session_paused", "session_resumed"]);
  });

  it("in a guided session is the leader's, and not the host's", async () => {
    const { leader: host, follower, id } = await assemble();
    await act(id, host, "leader", { userId: follower.id });
    expectProblem(await send(id, host, "pause"), "not_leader");
    await act(id, follower, "pause");
  });
});

describe("everything else", () => {
  it.each([
    ["exercise", { exerciseId: "squat", expectedVersion: 0 }],
    ["next", { expectedVersion: 0 }],
    ["previous", { expectedVersion: 0 }],
    ["plan", { plannedExercises: [], expectedVersion: 0 }],
    ["ready", { isReady: true }],
    ["ready-check", { deadlineSeconds: 30, policy: "all" }],
    ["rest", { seconds: 90 }],
    ["rest/extend", { seconds: 90 }],
    ["rest/skip", undefined],
  ])("(%s) is for guided sessions", async (action, body) => {
    const host = await createPerson("Host");
    const { id } = await openSession(host);
    await startSession(id, host);
    expectProblem(await send(id, host, action, body), "invalid_mode");
    const seq = (await readSnapshot(id, host)).lastSeq;
    expect(seq).toBe(2);
    expect(await call("GET", `/sessions/${id}`, host)).toMatchObject({
      body: { session: { version: 0 } },
    });
  });
});

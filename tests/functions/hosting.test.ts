import { describe, expect, it } from "vitest";
import { SessionAnswer } from "../../supabase/functions/_shared/schemas/answers.ts";
import { EndSessionAnswer } from "../../supabase/functions/sessions/routes/end.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { createPeople, createPerson } from "../helpers/people.ts";
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

describe("starting and ending", () => {
  it("goes from pending over active to ended, with one event each", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const started = expectAnswer(
      await call("POST", `/sessions/${id}/start`, alice),
      200,
      SessionAnswer,
    );
    expect(started.session).toMatchObject({ status: "active", startedAt: expect.any(Number) });
    expect(started.session.startedAt).toBeLessThanOrEqual(started.serverNow);
    const ended = expectAnswer(
      await call("POST", `/sessions/${id}/end`, alice),
      200,
      EndSessionAnswer,
    );
    expect(ended.session).toMatchObject({ status: "ended", endedAt: expect.any(Number) });
    expect(ended.summary).toMatchObject({
      session: ended.session,
      participantCount: 2,
      totalSets: 0,
      totalVolumeKg: 0,
    });
    expect(ended.summary.participants.map(({ userId }) => userId)).toEqual([alice.id, bob.id]);
    expect((await readEvents(id, bob)).map(({ seq, type }) => [seq, type])).toEqual([
      [1, "session_created"],
      [2, "user_joined"],
      [3, "session_started"],
      [4, "session_ended"],
    ]);
  });

  it("again changes nothing", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    const started = await startSession(id, alice);
    expect(await startSession(id, alice)).toEqual(started);
    const ended = await endSession(id, alice);
    expect({ ...await endSession(id, alice), serverNow: 0 }).toEqual({ ...ended, serverNow: 0 });
    expect(await readEvents(id, alice)).toHaveLength(3);
  });

  it("calls off what has not started", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    const { session, summary } = await endSession(id, alice);
    expect(session).toMatchObject({ status: "ended" });
    expect(session.startedAt).toBeUndefined();
    expect(summary.durationMs).toBe(0);
  });

  it("does not start what has ended", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    await endSession(id, alice);
    expectProblem(await call("POST", `/sessions/${id}/start`, alice), "session_ended");
  });

  it("is the host's alone", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    expectProblem(await call("POST", `/sessions/${id}/start`, bob), "not_host");
    expectProblem(await call("POST", `/sessions/${id}/end`, bob), "not_host");
  });
});

describe("changing the settings", () => {
  it("sets what is given, takes away what is null and leaves the rest", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice, { name: "Legs", theme: "strength" });
    const changes = { name: null, visibility: "private", maxParticipants: 50 };
    const changed = expectAnswer(
      await call("PATCH", `/sessions/${id}`, alice, changes),
      200,
      SessionAnswer,
    );
    expect(changed.session).toMatchObject({
      theme: "strength",
      visibility: "private",
      maxParticipants: 50,
    });
    expect(changed.session.name).toBeUndefined();
    expect((await readEvents(id, alice)).at(-1)).toMatchObject({ type: "session_updated" });
  });

  it("to what they are already appends no event", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice, { name: "Legs" });
    const answer = await call("PATCH", `/sessions/${id}`, alice, { name: "Legs" });
    expect(expectAnswer(answer, 200, SessionAnswer).session.lastEventSeq).toBe(1);
  });

  it("does not shut out those who are in", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const { id } = await openSession(alice);
    await joinSession(id, bob, carol);
    const answer = await call("PATCH", `/sessions/${id}`, alice, { maxParticipants: 2 });
    expectProblem(answer, "invalid_request");
  });

  it("is over when the session is", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    await endSession(id, alice);
    expectProblem(await call("PATCH", `/sessions/${id}`, alice, { name: "x" }), "session_ended");
  });
});

describe("handing the host's role over", () => {
  it("makes the other the host, once", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const hand = () => call("POST", `/sessions/${id}/host`, alice, { userId: bob.id });
    const handed = expectAnswer(await hand(), 200, SessionAnswer);
    expect(handed.session.hostId).toBe(bob.id);
    const again = expectAnswer(await hand(), 200, SessionAnswer);
    expect(again.session).toEqual(handed.session);
    expectProblem(await call("POST", `/sessions/${id}/start`, alice), "not_host");
    await startSession(id, bob);
  });

  it("is refused for somebody who is not in it", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await leaveSession(id, bob);
    for (const userId of [bob.id, carol.id, crypto.randomUUID()]) {
      const answer = await call("POST", `/sessions/${id}/host`, alice, { userId });
      expectProblem(answer, "user_not_found");
    }
  });

  it("is over when the session is", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await endSession(id, alice);
    const answer = await call("POST", `/sessions/${id}/host`, alice, { userId: bob.id });
    expectProblem(answer, "session_ended");
  });
});

describe("removing somebody", () => {
  it("closes their stay and the door", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const answer = await call("DELETE", `/sessions/${id}/participants/${bob.id}`, alice);
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect((await readSnapshot(id, alice)).session.participantCount).toBe(1);
    for (const path of ["", "/events", "/summary"]) {
      expectProblem(await call("GET", `/sessions/${id}${path}`, bob), "session_not_found");
    }
    await openSession(bob);
  });

  it("again changes nothing", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await removeFromSession(id, alice, bob);
    const before = await readSnapshot(id, alice);
    await removeFromSession(id, alice, bob);
    expect({ ...await readSnapshot(id, alice), serverNow: 0 }).toEqual({ ...before, serverNow: 0 });
  });

  it("is refused for somebody who was never in it, and for oneself", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    const remove = (userId: string) =>
      call("DELETE", `/sessions/${id}/participants/${userId}`, alice);
    expectProblem(await remove(bob.id), "user_not_found");
    expectProblem(await remove(crypto.randomUUID()), "user_not_found");
    expectProblem(await remove(alice.id), "invalid_request");
  });

  it("is over when the session is", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await endSession(id, alice);
    const answer = await call("DELETE", `/sessions/${id}/participants/${bob.id}`, alice);
    expectProblem(answer, "session_ended");
  });
});

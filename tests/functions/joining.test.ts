import { describe, expect, it } from "vitest";
import { ParticipantAnswer } from "../../supabase/functions/_shared/schemas/answers.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { createPeople } from "../helpers/people.ts";
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

describe("joining a session", () => {
  it.each([["no body", undefined], ["an empty body", ""], ["an empty object", {}]])(
    "works with %s",
    async (_, body) => {
      const [alice, bob] = await createPeople("Alice", "Bob");
      const { id } = await openSession(alice);
      const answer = await call("POST", `/sessions/${id}/join`, bob, body);
      const joined = expectAnswer(answer, 200, ParticipantAnswer);
      expect(joined.session).toMatchObject({ id, participantCount: 2, lastEventSeq: 2 });
      expect(joined.participant).toMatchObject({
        userId: bob.id,
        displayName: "Bob",
        isLeader: false,
      });
    },
  );

  it("again changes nothing", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const before = await readSnapshot(id, alice);
    await joinSession(id, bob, alice, bob);
    const after = await readSnapshot(id, alice);
    expect({ ...after, serverNow: 0 }).toEqual({ ...before, serverNow: 0 });
  });

  it("is possible while it runs", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await startSession(id, alice);
    await joinSession(id, bob);
    expect((await readEvents(id, bob)).map(({ type }) => type))
      .toEqual(["session_created", "session_started", "user_joined"]);
  });

  it("is refused when it is full", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const { id } = await openSession(alice, { maxParticipants: 2 });
    await joinSession(id, bob);
    expectProblem(await call("POST", `/sessions/${id}/join`, carol), "session_full");
    await leaveSession(id, bob);
    await joinSession(id, carol);
    expectProblem(await call("POST", `/sessions/${id}/join`, bob), "session_full");
  });

  it("is refused when it has ended", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await endSession(id, alice);
    expectProblem(await call("POST", `/sessions/${id}/join`, bob), "session_ended");
  });

  it("is refused to somebody in another session, who learns in which", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const first = await openSession(alice);
    const second = await openSession(bob);
    const problem = expectProblem(
      await call("POST", `/sessions/${first.id}/join`, bob),
      "already_in_session",
    );
    expect(problem.sessionId).toBe(second.id);
  });

  it("is refused to somebody who was removed", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await removeFromSession(id, alice, bob);
    expectProblem(await call("POST", `/sessions/${id}/join`, bob), "session_not_found");
  });
});

describe("leaving a session", () => {
  it("closes the stay and keeps the history", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const left = expectAnswer(
      await call("POST", `/sessions/${id}/leave`, bob),
      200,
      ParticipantAnswer,
    );
    expect(left.session.participantCount).toBe(1);
    expect(left.participant.leftAt).toBeGreaterThanOrEqual(left.participant.joinedAt);
    expect((await readEvents(id, bob)).at(-1)).toMatchObject({
      type: "user_left",
      userId: bob.id,
      data: { displayName: "Bob" },
    });
  });

  it("again changes nothing, and coming back opens the stay again", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await leaveSession(id, bob);
    const before = await readSnapshot(id, alice);
    await leaveSession(id, bob);
    const after = await readSnapshot(id, alice);
    expect({ ...after, serverNow: 0 }).toEqual({ ...before, serverNow: 0 });
    const back = expectAnswer(
      await call("POST", `/sessions/${id}/join`, bob),
      200,
      ParticipantAnswer,
    );
    expect(back.participant.leftAt).toBeUndefined();
    expect(back.session.participantCount).toBe(2);
  });

  it("is refused to somebody who sees it and was never in it", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    expectProblem(await call("POST", `/sessions/${id}/leave`, bob), "not_participant");
  });

  it("as host hands the role to whoever has been there longest", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const { id } = await openSession(alice);
    await joinSession(id, bob, carol);
    await leaveSession(id, alice);
    expect((await readSnapshot(id, carol)).session).toMatchObject({
      hostId: bob.id,
      participantCount: 2,
    });
  });

  it("as the last one ends it", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await leaveSession(id, alice, bob);
    expect((await readSnapshot(id, alice)).session.status).toBe("ended");
  });
});

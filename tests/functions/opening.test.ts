import { describe, expect, it } from "vitest";
import { OpenSessionAnswer } from "../../supabase/functions/sessions/routes/open.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { befriend, createPeople, createPerson } from "../helpers/people.ts";
import { endSession, openSession, readEvents, readSnapshot } from "../helpers/sessions.ts";
import { signToken } from "../helpers/tokens.ts";

describe("opening a session", () => {
  it("makes the caller host, participant and leader of one with the usual settings", async () => {
    const alice = await createPerson("Alice");
    const before = Date.now();
    const answer = await call("POST", "/sessions", alice, { mode: "guided" });
    const opened = expectAnswer(answer, 201, OpenSessionAnswer);
    expect(answer.headers.get("location")).toBe(`/functions/v1/sessions/${opened.session.id}`);
    expect(opened.session).toEqual({
      id: expect.any(String),
      hostId: alice.id,
      mode: "guided",
      status: "pending",
      visibility: "friends",
      maxParticipants: 10,
      participantCount: 1,
      totalSetsCompleted: 0,
      createdAt: expect.any(Number),
      plannedExercises: [],
      version: 0,
      lastEventSeq: 1,
    });
    expect(opened.participant).toMatchObject({
      userId: alice.id,
      displayName: "Alice",
      status: "idle",
      isLeader: true,
      setsCompleted: 0,
      totalVolumeKg: 0,
    });
    expect(Math.abs(opened.serverNow - before)).toBeLessThan(60_000);
    expect(opened.session.createdAt).toBeLessThanOrEqual(opened.serverNow);
    expect(opened.invitations).toBeUndefined();
    expect(await readEvents(opened.session.id, alice)).toMatchObject([
      { seq: 1, type: "session_created", userId: alice.id, sessionId: opened.session.id },
    ]);
  });

  it("keeps every setting", async () => {
    const alice = await createPerson("Alice");
    const settings = {
      mode: "shared",
      name: "Leg day 💪",
      theme: "strength",
      visibility: "private",
      maxParticipants: 2,
      plannedExercises: [
        { exerciseId: "squat", targetSets: 5, targetRepsMin: 3, targetRepsMax: 5 },
        { exerciseId: "plank", targetSets: 1 },
      ],
    } as const;
    const session = await openSession(alice, {
      ...settings,
      plannedExercises: [...settings.plannedExercises],
    });
    expect(session).toMatchObject(settings);
    expect((await readSnapshot(session.id, alice)).session).toEqual(session);
  });

  it("is read where Location says", async () => {
    const alice = await createPerson("Alice");
    const answer = await call("POST", "/sessions", alice, { mode: "shared" });
    const path = answer.headers.get("location")?.replace("/functions/v1", "") ?? "";
    expect(await call("GET", path, alice)).toMatchObject({ status: 200 });
  });

  it("invites friends, and says of each what came of it", async () => {
    const [alice, bob, stranger] = await createPeople("Alice", "Bob", "Stranger");
    await befriend(alice, bob);
    const unknown = crypto.randomUUID();
    const body = {
      mode: "shared",
      visibility: "private",
      inviteeIds: [bob.id, stranger.id, alice.id, unknown, bob.id],
    };
    const opened = expectAnswer(
      await call("POST", "/sessions", alice, body),
      201,
      OpenSessionAnswer,
    );
    const outcomes = new Map(
      opened.invitations?.map(({ recipientId, outcome }) => [recipientId, outcome]),
    );
    expect(outcomes).toEqual(
      new Map([
        [bob.id, "invited"],
        [stranger.id, "not_invitable"],
        [alice.id, "already_in_session"],
        [unknown, "not_invitable"],
      ]),
    );
    expect((await readSnapshot(opened.session.id, bob)).session.id).toBe(opened.session.id);
    expectProblem(
      await call("GET", `/sessions/${opened.session.id}`, stranger),
      "session_not_found",
    );
  });

  it("is for people without an open session, and says which they have", async () => {
    const alice = await createPerson("Alice");
    const first = await openSession(alice);
    const problem = expectProblem(
      await call("POST", "/sessions", alice, { mode: "shared" }),
      "already_in_session",
    );
    expect(problem.sessionId).toBe(first.id);
    await endSession(first.id, alice);
    await openSession(alice);
  });

  it("refuses a name of spaces", async () => {
    const alice = await createPerson("Alice");
    const answer = await call("POST", "/sessions", alice, { mode: "shared", name: "   " });
    expectProblem(answer, "invalid_request");
  });

  it("takes a name of a hundred emojis", async () => {
    const alice = await createPerson("Alice");
    expect((await openSession(alice, { name: "💪".repeat(100) })).name).toBe("💪".repeat(100));
  });

  it("refuses somebody whose account is gone", async () => {
    const token = await signToken({ id: crypto.randomUUID(), email: "gone@example.com" });
    expectProblem(
      await call("POST", "/sessions", { token }, { mode: "shared" }),
      "unauthenticated",
    );
  });
});

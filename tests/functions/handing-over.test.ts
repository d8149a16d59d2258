import { describe, expect, it } from "vitest";
import { call, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { act, send, startGuided } from "../helpers/guided.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import { joinSession, leaveSession, readEvents, readSnapshot } from "../helpers/sessions.ts";

async function assemble() {
  const [leader, first, second] = await createPeople("Leader", "First", "Second");
  const session = await startGuided(leader, [first, second]);
  return { leader, first, second, session, id: session.id };
}

async function leaderOf(id: string, person: Person) {
  const { participants } = await readSnapshot(id, person);
  return participants.filter(({ isLeader }) => isLeader).map(({ userId }) => userId);
}

/** Lets people seem to have done nothing for so long. */
async function silence(id: string, seconds: number, ...people: Person[]): Promise<void> {
  const ids = people.map((person) => person.id);
  await withDatabase((sql) =>
    sql`
      update public.live_session_participants
      set last_active_at = now() - ${seconds} * interval '1 second'
      where session_id = ${id} and user_id = any(${ids}::uuid[])`
  );
}

describe("handing the lead over", () => {
  it("makes the other the only leader, with one event, once", async () => {
    const { leader, first, session, id } = await assemble();
    const hand = () => act(id, leader, "leader", { userId: first.id });
    const handed = await hand();
    expect(handed).toMatchObject({ hostId: leader.id, version: session.version + 1 });
    expect(await hand()).toEqual(handed);
    expect(await leaderOf(id, leader)).toEqual([first.id]);
    const events = (await readEvents(id, leader)).filter(({ type }) => type === "leader_changed");
    expect(events).toMatchObject([{
      userId: leader.id,
      data: { leaderId: first.id, displayName: "First", previousLeaderId: leader.id },
    }]);
  });

  it("fences the old leader off, however late the command and whatever its version", async () => {
    const { leader, first, session, id } = await assemble();
    const handed = await act(id, leader, "leader", { userId: first.id });
    for (const expectedVersion of [session.version, handed.version]) {
      for (const action of ["next", "previous"]) {
        expectProblem(await send(id, leader, action, { expectedVersion }), "not_leader");
      }
      const plan = { plannedExercises: [], expectedVersion };
      expectProblem(await send(id, leader, "plan", plan), "not_leader");
      const exercise = { exerciseId: "dips", expectedVersion };
      expectProblem(await send(id, leader, "exercise", exercise), "not_leader");
    }
    for (const action of ["pause", "resume", "rest/skip"]) {
      expectProblem(await send(id, leader, action), "not_leader");
    }
    const moved = await act(id, first, "next", { expectedVersion: handed.version });
    expect(moved.currentExerciseId).toBe("squat");
  });

  it("goes to people in the session only", async () => {
    const { leader, second, id } = await assemble();
    const [stranger] = await createPeople("Stranger");
    await leaveSession(id, second);
    for (const userId of [second.id, stranger.id, crypto.randomUUID()]) {
      expectProblem(await send(id, leader, "leader", { userId }), "user_not_found");
    }
  });

  it("happens by itself when the leader leaves", async () => {
    const { leader, first, id } = await assemble();
    await leaveSession(id, leader);
    expect(await leaderOf(id, first)).toEqual([first.id]);
  });
});

describe("taking the lead", () => {
  it("is refused while the leader is there", async () => {
    const { leader, first, id } = await assemble();
    await silence(id, 55, leader);
    expectProblem(await send(id, first, "leader", { userId: first.id }), "not_leader");
  });

  it("of a leader silent for a minute is for whoever has been there longest", async () => {
    const { leader, first, second, session, id } = await assemble();
    await silence(id, 61, leader);
    expectProblem(await send(id, second, "leader", { userId: second.id }), "not_leader");
    expectProblem(await send(id, second, "leader", { userId: first.id }), "not_leader");
    expectProblem(await send(id, first, "leader", { userId: second.id }), "not_leader");
    const taken = await act(id, first, "leader", { userId: first.id });
    expect(taken.version).toBe(session.version + 1);
    expect(await leaderOf(id, second)).toEqual([first.id]);
    // The leader comes back as one of the others.
    const late = { expectedVersion: taken.version };
    expectProblem(await send(id, leader, "next", late), "not_leader");
    expectProblem(await send(id, leader, "leader", { userId: leader.id }), "not_leader");
    expect(await leaderOf(id, leader)).toEqual([first.id]);
  });

  it("passes over those who are silent themselves", async () => {
    const { leader, first, second, id } = await assemble();
    await silence(id, 61, leader, first);
    await act(id, second, "leader", { userId: second.id });
    expect(await leaderOf(id, second)).toEqual([second.id]);
  });

  it("by two at once gives it to one", async () => {
    const { leader, first, second, id } = await assemble();
    await silence(id, 61, leader);
    const answers = await Promise.all([
      send(id, first, "leader", { userId: first.id }),
      send(id, second, "leader", { userId: second.id }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 403]);
    expect(await leaderOf(id, second)).toEqual([first.id]);
  });

  it("is not needed to join", async () => {
    const { leader, id } = await assemble();
    const [late] = await createPeople("Late");
    await silence(id, 61, leader);
    await joinSession(id, late);
    const answer = await call("POST", `/sessions/${id}/leave`, late);
    expect(answer.status).toBe(200);
    expect(await leaderOf(id, leader)).toEqual([leader.id]);
  });
});

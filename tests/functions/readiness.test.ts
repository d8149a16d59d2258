import { describe, expect, it } from "vitest";
import { ReadyAnswer } from "../../supabase/functions/guided/routes/ready.ts";
import { ReadyCheckAnswer } from "../../supabase/functions/guided/routes/ready-check.ts";
import { expectAnswer, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { act, send, startGuided } from "../helpers/guided.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import { joinSession, leaveSession, readEvents } from "../helpers/sessions.ts";

async function assemble() {
  const [leader, first, second] = await createPeople("Leader", "First", "Second");
  const session = await startGuided(leader, [first, second]);
  return { leader, first, second, session, id: session.id };
}

async function ready(id: string, person: Person, isReady = true) {
  return expectAnswer(await send(id, person, "ready", { isReady }), 200, ReadyAnswer);
}

async function check(id: string, leader: Person, body: object) {
  const answer = await send(id, leader, "ready-check", { deadlineSeconds: 60, ...body });
  return expectAnswer(answer, 200, ReadyCheckAnswer);
}

/** What the ready checks of a session have said so far. */
async function checksOf(id: string, person: Person) {
  return (await readEvents(id, person)).filter(({ type }) => type === "ready_check")
    .map(({ data }) => data);
}

describe("being ready", () => {
  it("is a flag of one's own, told to everybody, with who is waited for", async () => {
    const { leader, first, second, id } = await assemble();
    const said = await ready(id, first);
    expect(said.participant).toMatchObject({ userId: first.id, readyForNext: true });
    // The leader, who asks, counts as ready.
    expect(said).toMatchObject({ ready: [leader.id, first.id], waitingFor: [second.id] });
    expect((await ready(id, second)).waitingFor).toEqual([]);
    expect(await ready(id, first, false)).toMatchObject({
      ready: [leader.id, second.id],
      waitingFor: [first.id],
    });
    const events = (await readEvents(id, leader)).slice(-3);
    expect(events.map(({ type, userId, data }) => [type, userId, data])).toEqual([
      ["ready_status_changed", first.id, { isReady: true }],
      ["ready_status_changed", second.id, { isReady: true }],
      ["ready_status_changed", first.id, { isReady: false }],
    ]);
  });

  it("again says nothing to the others", async () => {
    const { first, id } = await assemble();
    await ready(id, first);
    const before = await readEvents(id, first);
    await ready(id, first);
    expect(await readEvents(id, first)).toEqual(before);
  });
});

describe("a ready check", () => {
  it("for all is over when the last one is ready", async () => {
    const { leader, first, second, id } = await assemble();
    const started = await check(id, leader, { policy: "all" });
    expect(started).toMatchObject({
      ready: [leader.id],
      waitingFor: [first.id, second.id],
      readyCheck: { policy: "all", deadline: expect.any(Number) },
    });
    const { deadline = 0 } = started.readyCheck ?? {};
    expect(Math.abs(deadline - started.serverNow - 60_000)).toBeLessThan(1000);
    await ready(id, first);
    await ready(id, second);
    expect(await checksOf(id, second)).toEqual([
      {
        state: "waiting",
        policy: "all",
        deadline,
        ready: [leader.id],
        waitingFor: [first.id, second.id],
      },
      { state: "open", reason: "ready", late: [] },
    ]);
  });

  it("for a quorum is over when enough are ready, and names the others", async () => {
    const { leader, first, second, id } = await assemble();
    const started = await check(id, leader, { policy: "quorum", quorum: 2 });
    expect(started.readyCheck).toMatchObject({ policy: "quorum", quorum: 2 });
    await ready(id, second);
    expect((await checksOf(id, leader)).at(-1)).toEqual({
      state: "open",
      reason: "ready",
      late: [{ userId: first.id, displayName: "First" }],
    });
  });

  it.each([["all", undefined], ["quorum", 2]])(
    "for %s that is met already is over at once",
    async (policy, quorum) => {
      const { leader, first, second, id } = await assemble();
      await ready(id, first);
      await ready(id, second);
      const started = await check(id, leader, { policy, quorum });
      expect(started.readyCheck).toBeUndefined();
      expect((await checksOf(id, leader)).at(-1)).toMatchObject({ state: "open", late: [] });
    },
  );

  it("for nobody but the leader waits for its deadline, whoever is ready", async () => {
    const { leader, first, second, id } = await assemble();
    await check(id, leader, { policy: "leader_only" });
    await ready(id, first);
    await ready(id, second);
    expect(await checksOf(id, leader)).toMatchObject([{ state: "waiting" }]);
  });

  it("is over at its deadline and names who is late, whatever happens next", async () => {
    const { leader, first, second, id } = await assemble();
    await check(id, leader, { policy: "all", deadlineSeconds: 1 });
    await ready(id, first);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await ready(id, second);
    expect((await checksOf(id, leader)).at(-1)).toEqual({
      state: "open",
      reason: "deadline",
      late: [{ userId: second.id, displayName: "Second" }],
    });
    // Late is ready all the same.
    expect((await ready(id, second)).waitingFor).toEqual([]);
  });

  it("is over at its deadline when nothing happens at all", async () => {
    const { leader, first, second, id } = await assemble();
    await check(id, leader, { policy: "all", deadlineSeconds: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await withDatabase((sql) => sql`select private.run_janitor(clock_timestamp())`);
    const late = [first, second].map((person) => ({
      userId: person.id,
      displayName: person.displayName,
    }));
    expect((await checksOf(id, leader)).at(-1))
      .toEqual({ state: "open", reason: "deadline", late });
  });

  it("waits neither for who joins meanwhile nor for who leaves", async () => {
    const { leader, first, second, id } = await assemble();
    await check(id, leader, { policy: "all" });
    await joinSession(id, await createPerson("Late"));
    await ready(id, first);
    await leaveSession(id, second);
    expect((await checksOf(id, leader)).at(-1)).toMatchObject({ state: "open", reason: "ready" });
  });

  it("never stops the leader from going on", async () => {
    const { leader, id } = await assemble();
    const { session } = await check(id, leader, { policy: "all" });
    const moved = await act(id, leader, "next", { expectedVersion: session.version });
    expect(moved.currentExerciseId).toBe("squat");
  });

  it("is the leader's to start", async () => {
    const { first, id } = await assemble();
    const body = { deadlineSeconds: 60, policy: "all" };
    expectProblem(await send(id, first, "ready-check", body), "not_leader");
  });
});

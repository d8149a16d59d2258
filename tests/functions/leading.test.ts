import { describe, expect, it } from "vitest";
import { expectProblem } from "../helpers/api.ts";
import { act, PLAN, send, startGuided } from "../helpers/guided.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import { joinSession, readEvents, readSnapshot } from "../helpers/sessions.ts";

async function assemble(plan = PLAN) {
  const [leader, follower] = await createPeople("Leader", "Follower");
  const session = await startGuided(leader, [follower], plan);
  return { leader, follower, session, id: session.id };
}

/** The data of a session's events of one type, in order. */
async function dataOf(type: string, id: string, person: Person) {
  return (await readEvents(id, person)).filter((event) => event.type === type)
    .map((event) => event.data);
}

describe("walking the plan", () => {
  it("goes on and back, one exercise at a time, each step a version and an event", async () => {
    const { leader, follower, session, id } = await assemble();
    let version = session.version;
    const steps = ["next", "next", "previous", "next", "next"];
    const at = ["squat", "lunge", "squat", "lunge", "squat"];
    for (const [index, step] of steps.entries()) {
      const moved = await act(id, leader, step, { expectedVersion: version });
      expect(moved).toMatchObject({ currentExerciseId: at[index], version: ++version });
    }
    expect(await dataOf("exercise_changed", id, follower)).toEqual([
      { exerciseName: "squat", ...PLAN[0] },
      { exerciseName: "lunge", ...PLAN[1] },
      { exerciseName: "squat", ...PLAN[0] },
      { exerciseName: "lunge", ...PLAN[1] },
      { exerciseName: "squat", ...PLAN[2] },
    ]);
  });

  it("ends where the plan ends, and moves nobody", async () => {
    const { leader, session, id } = await assemble(PLAN.slice(0, 1));
    const first = await act(id, leader, "next", { expectedVersion: session.version });
    for (const step of ["next", "previous"]) {
      const answer = await send(id, leader, step, { expectedVersion: first.version });
      expectProblem(answer, "invalid_exercise");
    }
    expect((await readSnapshot(id, leader)).session).toEqual(first);
  });

  it("without a plan leads nowhere", async () => {
    const { leader, session, id } = await assemble([]);
    const answer = await send(id, leader, "next", { expectedVersion: session.version });
    expectProblem(answer, "invalid_exercise");
  });

  it("twice with one tap moves the group once, and tells the second where it is", async () => {
    const { leader, session, id } = await assemble();
    const tap = () => send(id, leader, "next", { expectedVersion: session.version });
    const answers = await Promise.all([tap(), tap(), tap()]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(expectProblem(answer, "version_conflict").currentVersion).toBe(session.version + 1);
    }
    expectProblem(await tap(), "version_conflict");
    expect((await readSnapshot(id, leader)).session.currentExerciseId).toBe("squat");
  });
});

describe("choosing an exercise", () => {
  it("may leave the plan, and goes on in it where it was left", async () => {
    const { leader, follower, session, id } = await assemble();
    await act(id, leader, "next", { expectedVersion: session.version });
    const chosen = await act(id, leader, "exercise", {
      exerciseId: "dips",
      exerciseName: "Dips",
      expectedVersion: session.version + 1,
    });
    expect(chosen.currentExerciseId).toBe("dips");
    const back = await act(id, leader, "next", { expectedVersion: chosen.version });
    expect(back.currentExerciseId).toBe("lunge");
    expect((await dataOf("exercise_changed", id, follower))[1])
      .toEqual({ exerciseId: "dips", exerciseName: "Dips" });
  });

  it("in the plan goes on from there", async () => {
    const { leader, session, id } = await assemble();
    const chosen = await act(id, leader, "exercise", {
      exerciseId: "lunge",
      expectedVersion: session.version,
    });
    const next = await act(id, leader, "next", { expectedVersion: chosen.version });
    expect(next.currentExerciseId).toBe("squat");
  });

  it("shows to somebody who joins late, and asks nobody to wait", async () => {
    const { leader, session, id } = await assemble();
    await act(id, leader, "next", { expectedVersion: session.version });
    const late = await createPerson("Late");
    await joinSession(id, late);
    const snapshot = await readSnapshot(id, late);
    expect(snapshot.session).toMatchObject({ currentExerciseId: "squat", status: "active" });
    expect(snapshot.session.pausedAt).toBeUndefined();
  });
});

describe("changing the plan", () => {
  it("keeps the group where it is", async () => {
    const { leader, follower, session, id } = await assemble();
    const first = await act(id, leader, "next", { expectedVersion: session.version });
    const second = await act(id, leader, "next", { expectedVersion: first.version });
    const plannedExercises = [
      { exerciseId: "plank", targetSets: 1 },
      { exerciseId: "row", targetSets: 4, targetRepsMax: 12 },
      { exerciseId: "lunge", targetSets: 2 },
      { exerciseId: "bench", targetSets: 3 },
    ];
    const body = { plannedExercises, expectedVersion: second.version };
    const changed = await act(id, leader, "plan", body);
    expect(changed).toMatchObject({ plannedExercises, currentExerciseId: "lunge" });
    expect(await dataOf("plan_changed", id, follower)).toEqual([{ plannedExercises }]);
    const next = await act(id, leader, "next", { expectedVersion: changed.version });
    expect(next.currentExerciseId).toBe("bench");
  });

  it("goes, when the group's exercise was dropped, to what took its place", async () => {
    const { leader, session, id } = await assemble();
    const first = await act(id, leader, "next", { expectedVersion: session.version });
    const plannedExercises = [{ exerciseId: "row", targetSets: 4 }];
    const body = { plannedExercises, expectedVersion: first.version };
    const changed = await act(id, leader, "plan", body);
    expect(changed.currentExerciseId).toBe("squat");
    const next = await act(id, leader, "next", { expectedVersion: changed.version });
    expect(next.currentExerciseId).toBe("row");
  });

  it("to what somebody saw before another change is refused", async () => {
    const { leader, session, id } = await assemble();
    const body = { plannedExercises: [], expectedVersion: session.version };
    await act(id, leader, "plan", body);
    const problem = expectProblem(await send(id, leader, "plan", body), "version_conflict");
    expect(problem.currentVersion).toBe(session.version + 1);
  });
});

describe("ready flags", () => {
  it.each([
    ["next", {}],
    ["exercise", { exerciseId: "dips" }],
  ])("are off again after %s", async (action, more) => {
    const { leader, follower, session, id } = await assemble();
    await send(id, follower, "ready", { isReady: true });
    await send(id, leader, "ready", { isReady: true });
    await act(id, leader, action, { ...more, expectedVersion: session.version });
    const { participants } = await readSnapshot(id, leader);
    expect(participants.map(({ readyForNext }) => readyForNext)).toEqual([false, false]);
  });
});

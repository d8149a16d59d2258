import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { type Crowd, gather, openSession, outcome, tally } from "./crowd.ts";

const INSERT = `insert into public.live_session_sets
    (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
  values ($1, $2, 'squat', 'Squat', 50, 5, (extract(epoch from clock_timestamp()) * 1000)::bigint)`;

describe("people of two sessions write into each other's", () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await gather(runningStack().DB_URL, 4);
  });
  afterAll(async () => {
    await crowd?.close();
  });

  it("they are refused at once: no session waits for another, 100 times", async () => {
    const [hostOfOne, hostOfOther, guestOfOne, guestOfOther] = crowd.members;
    const [one, other] = await Promise.all([openSession(hostOfOne!), openSession(hostOfOther!)]);
    await guestOfOne!.run("select join_live_session($1)", [one]);
    await guestOfOther!.run("select join_live_session($1)", [other]);
    await hostOfOne!.run("select start_live_session($1)", [one]);
    await hostOfOther!.run("select start_live_session($1)", [other]);
    const outcomes: string[] = [];
    for (let round = 0; round < 100; round++) {
      outcomes.push(
        ...await Promise.all([
          outcome(guestOfOne!.run(INSERT, [randomUUID(), other])),
          outcome(guestOfOther!.run(INSERT, [randomUUID(), one])),
          outcome(hostOfOne!.run(INSERT, [randomUUID(), other])),
          outcome(hostOfOther!.run(INSERT, [randomUUID(), one])),
        ]),
      );
    }
    expect(tally(outcomes)).toEqual({ not_participant: 400 });
    await hostOfOne!.run("select end_live_session($1)", [one]);
    await hostOfOther!.run("select end_live_session($1)", [other]);
  });
});

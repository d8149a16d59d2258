import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import {
  audit,
  type Crowd,
  gather,
  type Member,
  openSession,
  outcome,
  signInDevice,
  tally,
} from "./crowd.ts";

const INSERT = `insert into public.live_session_sets
    (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
  values ($1, $2, $3, 'Squat', $4, $5, (extract(epoch from clock_timestamp()) * 1000)::bigint)`;

function logSet(member: Member, sessionId: string, id = randomUUID(), exercise = "squat") {
  const weight = 40 + Math.floor(Math.random() * 60);
  return member.run(INSERT, [id, sessionId, exercise, weight, 5]);
}

describe("people train at once", () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await gather(runningStack().DB_URL, 10);
  });
  afterAll(async () => {
    await crowd?.close();
  });

  async function startTogether(): Promise<string> {
    const [host, ...others] = crowd.members;
    const sessionId = await openSession(host!);
    for (const member of others) await member.run("select join_live_session($1)", [sessionId]);
    await host!.run("select start_live_session($1)", [sessionId]);
    return sessionId;
  }

  it("10 people log 20 sets each: counters equal a recount, numbers run from 1 to n", async () => {
    const sessionId = await startTogether();
    await Promise.all(crowd.members.map(async (member) => {
      for (let set = 0; set < 20; set++) await logSet(member, sessionId);
    }));
    const { stated, counted, gaps } = await audit(crowd.owner, sessionId);
    expect(stated).toEqual(counted);
    // created, 9 joined, started, 200 sets
    expect(stated).toMatchObject({ participants: 10, sets: 200, lastSeq: 211 });
    expect(gaps).toBe(0);
    await crowd.members[0]!.run("select end_live_session($1)", [sessionId]);
  });

  it("numbers are given out in the order of commit and of time", async () => {
    const sessionId = await startTogether();
    await Promise.all(crowd.members.map(async (member) => {
      for (let set = 0; set < 5; set++) await logSet(member, sessionId);
    }));
    const rows = await crowd.owner`select bool_and(e.created_at >= previous) as ordered from (
         select created_at, lag(created_at) over (order by seq) as previous
         from public.live_session_events where session_id = ${sessionId}) e where previous is not null`;
    expect([...rows]).toEqual([{ ordered: true }]);
    await crowd.members[0]!.run("select end_live_session($1)", [sessionId]);
  });

  it("a retry beside its first attempt: stored once, counted once, both succeed, 50 times", async () => {
    const sessionId = await startTogether();
    const [host] = crowd.members;
    const second = await signInDevice(runningStack().DB_URL, host!.id);
    try {
      for (let round = 0; round < 50; round++) {
        const id = randomUUID();
        const outcomes = await Promise.all([
          outcome(logSet(host!, sessionId, id)),
          outcome(logSet(second, sessionId, id)),
        ]);
        expect(tally(outcomes)).toEqual({ ok: 2 });
      }
      const { stated, counted } = await audit(crowd.owner, sessionId);
      expect(stated).toEqual(counted);
      expect(stated).toMatchObject({ sets: 50 });
    } finally {
      await second.close();
      await host!.run("select end_live_session($1)", [sessionId]);
    }
  });

  it("sets race the end: what is in is in the summary, the rest is refused, 50 times", async () => {
    for (let round = 0; round < 50; round++) {
      const sessionId = await startTogether();
      const [host, ...others] = crowd.members;
      const attempts = others.map((member) => outcome(logSet(member, sessionId)));
      attempts.push(outcome(host!.run("select end_live_session($1)", [sessionId])));
      const outcomes = tally(await Promise.all(attempts));
      const stored = outcomes.ok! - 1;
      expect(outcomes.ok! + (outcomes.session_ended ?? 0)).toBe(10);
      const { stated, counted, gaps } = await audit(crowd.owner, sessionId);
      expect(stated).toEqual(counted);
      expect(stated).toMatchObject({ sets: stored });
      expect(gaps).toBe(0);
      const rows = await crowd
        .owner`select (summary ->> 'totalSets')::int as sets from public.live_sessions where id = ${sessionId}`;
      expect([...rows]).toEqual([{ sets: stored }]);
    }
  });

  it("amending, removing, statuses, comings and goings all at once never deadlock", async () => {
    const sessionId = await startTogether();
    const outcomes = await Promise.all(crowd.members.map(async (member, index) => {
      const device = await signInDevice(runningStack().DB_URL, member.id);
      const seen: string[] = [];
      try {
        for (let step = 0; step < 25; step++) {
          const id = randomUUID();
          seen.push(await outcome(logSet(member, sessionId, id, `exercise-${step % 3}`)));
          // Two devices of one person touch the same rows in opposite orders.
          seen.push(
            ...await Promise.all([
              outcome(member.run(
                "update public.live_session_sets set reps = $2 where session_id = $1",
                [sessionId, 1 + step],
              )),
              outcome(device.run(
                "update public.live_session_participants set status = $2 where session_id = $1",
                [sessionId, step % 2 === 0 ? "resting" : "working_out"],
              )),
            ]),
            ...await Promise.all([
              outcome(device.run("delete from public.live_session_sets where id = $1", [id])),
              outcome(
                member.run("update public.live_session_sets set weight_kg = $2 where id = $1", [
                  id,
                  60 + step,
                ]),
              ),
            ]),
          );
          if (index > 5 && step % 5 === 0) {
            seen.push(await outcome(member.run("select leave_live_session($1)", [sessionId])));
            seen.push(await outcome(member.run("select join_live_session($1)", [sessionId])));
          }
        }
      } finally {
        await device.close();
      }
      return seen;
    }));
    expect(Object.keys(tally(outcomes.flat()))).toEqual(["ok"]);
    const { stated, counted, gaps } = await audit(crowd.owner, sessionId);
    expect(stated).toEqual(counted);
    expect(gaps).toBe(0);
    await crowd.members[0]!.run("select end_live_session($1)", [sessionId]);
  });
});

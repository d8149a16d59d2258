import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import {
  type Crowd,
  gather,
  type Member,
  openSession,
  outcome,
  signInDevice,
  tally,
} from "./crowd.ts";

const ROUNDS = 30;
const INSERT = `insert into public.live_session_sets
    (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
  values ($1, $2, 'squat', 'Squat', 50, 5, (extract(epoch from clock_timestamp()) * 1000)::bigint)`;

describe("accounts go, and the janitor comes, while people train", () => {
  let crowd: Crowd;
  beforeAll(async () => {
    crowd = await gather(runningStack().DB_URL, 3);
  });
  afterAll(async () => {
    await crowd?.close();
  });

  /** A guest with an account of their own, in the host's running session, with one set. */
  async function guestOf(sessionId: string) {
    const id = randomUUID();
    await crowd.owner`
      insert into auth.users (instance_id, id, aud, role, email, created_at, updated_at,
        confirmation_token, recovery_token, email_change, email_change_token_new)
      values ('00000000-0000-0000-0000-000000000000', ${id}, 'authenticated', 'authenticated',
        ${`${id}@crowd.invalid`}, now(), now(), '', '', '', '')`;
    const guest = await signInDevice(runningStack().DB_URL, id);
    await guest.run("select join_live_session($1)", [sessionId]);
    await guest.run(INSERT, [randomUUID(), sessionId]);
    return guest;
  }

  async function countEvents(sessionId: string, type: string): Promise<number> {
    const rows = await crowd.owner`
      select count(*)::int as count from public.live_session_events
      where session_id = ${sessionId} and type = ${type}`;
    return rows[0]!.count;
  }

  it(`the session ends as a participant's account is deleted: both come about, ${ROUNDS} times`, async () => {
    const [host] = crowd.members;
    for (let round = 0; round < ROUNDS; round++) {
      const sessionId = await openSession(host!);
      await host!.run("select start_live_session($1)", [sessionId]);
      const guest = await guestOf(sessionId);
      const outcomes = await Promise.all([
        outcome(host!.run("select end_live_session($1)", [sessionId])),
        outcome(crowd.owner`delete from auth.users where id = ${guest.id}`),
      ]);
      await guest.close();
      expect(tally(outcomes)).toEqual({ ok: 2 });
      expect(await countEvents(sessionId, "session_ended")).toBe(1);
      const rows = await crowd.owner`
        select s.status, s.total_sets_completed as sets, p.display_name,
          p.left_at is not null as left,
          (select count(*)::int from public.workouts w where w.user_id = p.user_id) as workouts
        from public.live_sessions s
        join public.live_session_participants p on p.session_id = s.id and p.user_id = ${guest.id}
        where s.id = ${sessionId}`;
      expect([...rows]).toEqual([
        { status: "ended", sets: 1, display_name: "Deleted user", left: true, workouts: 0 },
      ]);
    }
  });

  it(`someone leaves as their account is deleted: they leave once, ${ROUNDS} times`, async () => {
    const [host] = crowd.members;
    for (let round = 0; round < ROUNDS; round++) {
      const sessionId = await openSession(host!);
      await host!.run("select start_live_session($1)", [sessionId]);
      const guest = await guestOf(sessionId);
      const outcomes = await Promise.all([
        outcome(guest.run("select leave_live_session($1)", [sessionId])),
        outcome(crowd.owner`delete from auth.users where id = ${guest.id}`),
      ]);
      await guest.close();
      expect(tally(outcomes)).toEqual({ ok: 2 });
      expect(await countEvents(sessionId, "user_left")).toBe(1);
      await host!.run("select end_live_session($1)", [sessionId]);
    }
  });

  describe("someone gives a sign of life meanwhile", () => {
    const DELAYS = 8;

    /** Lets two things begin up to some milliseconds apart, so that each step of one meets each of the other. */
    async function atOnce(
      round: number,
      one: () => Promise<unknown>,
      other: () => Promise<unknown>,
    ) {
      const wait = new Promise((resolve) => setTimeout(resolve, round % DELAYS));
      return await Promise.all([outcome(one()), outcome(wait.then(other))]);
    }

    const beat = (member: Member) => () => member.run("select heartbeat_presence('resting')");

    it(`the host leaves it the session: both come about, ${2 * ROUNDS} times`, async () => {
      const [host, heir] = crowd.members;
      const outcomes: string[] = [];
      for (let round = 0; round < 2 * ROUNDS; round++) {
        const sessionId = await openSession(host!);
        await heir!.run("select join_live_session($1)", [sessionId]);
        // A sign of life every two seconds is all that anybody may give.
        await crowd.owner`delete from private.rate_limits where user_id = ${heir!.id}`;
        await beat(heir!)();
        outcomes.push(
          ...await atOnce(
            round,
            () => host!.run("select leave_live_session($1)", [sessionId]),
            beat(heir!),
          ),
        );
        await heir!.run("select end_live_session($1)", [sessionId]);
      }
      expect(tally(outcomes)).toEqual({ ok: 4 * ROUNDS });
    });

    it(`their account is deleted: it goes, ${2 * ROUNDS} times`, async () => {
      const [host] = crowd.members;
      const deletions: string[] = [];
      const beats: string[] = [];
      const sessionId = await openSession(host!);
      await host!.run("select start_live_session($1)", [sessionId]);
      for (let round = 0; round < 2 * ROUNDS; round++) {
        const guest = await guestOf(sessionId);
        await beat(guest)();
        const [deletion, signOfLife] = await atOnce(
          round,
          () => crowd.owner`delete from auth.users where id = ${guest.id}`,
          beat(guest),
        );
        deletions.push(deletion!);
        beats.push(signOfLife!);
        await guest.close();
      }
      await host!.run("select end_live_session($1)", [sessionId]);
      expect(tally(deletions)).toEqual({ ok: 2 * ROUNDS });
      expect(beats).not.toContain("SQLSTATE 40P01");
    });
  });

  it(`two janitors at once let a silent guest leave once, ${ROUNDS} times`, async () => {
    const [host, guest] = crowd.members;
    const second = await signInDevice(runningStack().DB_URL, host!.id);
    await second.run("reset role");
    await second.run("select set_config('request.jwt.claims', '', false)");
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const sessionId = await openSession(host!);
        await host!.run("select start_live_session($1)", [sessionId]);
        await guest!.run("select join_live_session($1)", [sessionId]);
        await crowd.owner`
          update public.live_session_participants
          set last_active_at = now() - interval '11 minutes'
          where session_id = ${sessionId} and user_id = ${guest!.id}`;
        const outcomes = await Promise.all([
          outcome(crowd.owner`select private.run_janitor()`),
          outcome(second.run("select private.run_janitor()")),
          outcome(host!.run(
            "update public.live_session_participants set status = 'resting' where session_id = $1",
            [sessionId],
          )),
        ]);
        expect(tally(outcomes)).toEqual({ ok: 3 });
        await crowd.owner`select private.run_janitor()`;
        expect(await countEvents(sessionId, "user_left")).toBe(1);
        await host!.run("select end_live_session($1)", [sessionId]);
      }
    } finally {
      await second.close();
    }
  });
});

import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { type Crowd, gather, type Member, outcome, signInDevice, tally } from "./crowd.ts";

const ROUNDS = 100;

const PLAN = Array.from({ length: ROUNDS }, (_, index) => ({
  exerciseId: `exercise-${index}`,
  targetSets: 1,
}));

type Device = Awaited<ReturnType<typeof signInDevice>>;

/** Opens a guided session with a plan of as many exercises as there are rounds, and starts it. */
async function startGuided(leader: Member, ...followers: Member[]): Promise<string> {
  const [row] = await leader.run<{ id: string }>(
    `select open_live_session('guided', visibility_param => 'public',
       planned_exercises_param => $1::text::jsonb) -> 'session' ->> 'id' as id`,
    [JSON.stringify(PLAN)],
  );
  const { id } = row!;
  for (const follower of followers) await follower.run("select join_live_session($1)", [id]);
  await leader.run("select start_live_session($1)", [id]);
  return id;
}

/** Where the group stands, who leads, and what happened after an event. */
async function stateOf(owner: postgres.Sql, sessionId: string, afterSeq = 0) {
  const [row] = await owner<
    {
      version: number;
      exercise: string | null;
      seq: number;
      leaders: string[];
      events: string[];
    }[]
  >`
    select s.version::integer as version, s.current_exercise_id as exercise,
      s.last_event_seq::integer as seq,
      array(select p.user_id::text from public.live_session_participants p
        where p.session_id = s.id and p.is_leader) as leaders,
      array(select e.type::text from public.live_session_events e
        where e.session_id = s.id and e.seq > ${afterSeq} order by e.seq) as events
    from public.live_sessions s where s.id = ${sessionId}`;
  return row!;
}

const next = (member: Member, sessionId: string, version: number) =>
  member.run("select next_live_session_exercise($1, $2)", [sessionId, version]);

describe("leading at once", () => {
  let crowd: Crowd;
  let devices: Device[] = [];
  beforeAll(async () => {
    const { DB_URL } = runningStack();
    crowd = await gather(DB_URL, 2);
    const [leader] = crowd.members;
    devices = await Promise.all(
      Array.from({ length: 20 }, () => signInDevice(DB_URL, leader!.id)),
    );
  });
  afterAll(async () => {
    await Promise.all(devices.map((device) => device.close()));
    await crowd?.close();
  });

  it(`20 devices press next with the same version: the group moves by one, ${ROUNDS} times`, async () => {
    const [leader, follower] = crowd.members;
    const sessionId = await startGuided(leader!, follower!);
    for (let round = 0; round < ROUNDS; round++) {
      const before = await stateOf(crowd.owner, sessionId);
      const conflicts: unknown[] = [];
      const outcomes = await Promise.all(devices.map((device) => {
        const attempt = next(device, sessionId, before.version);
        attempt.catch((error) => conflicts.push(JSON.parse(error.hint)));
        return outcome(attempt);
      }));
      expect(tally(outcomes)).toEqual({ ok: 1, version_conflict: 19 });
      // Each of the losers learns where the group is.
      expect(new Set(conflicts.map((conflict) => JSON.stringify(conflict))))
        .toEqual(new Set([JSON.stringify({ currentVersion: before.version + 1 })]));
      expect(await stateOf(crowd.owner, sessionId, before.seq)).toEqual({
        version: before.version + 1,
        exercise: `exercise-${round}`,
        seq: before.seq + 1,
        leaders: [leader!.id],
        events: ["exercise_changed"],
      });
    }
    await leader!.run("select end_live_session($1)", [sessionId]);
  });

  it(`handing over races next: the old leader moves the group before or not at all, ${ROUNDS} times`, async () => {
    const [first, second] = crowd.members;
    const { DB_URL } = runningStack();
    const sessionId = await startGuided(first!, second!);
    const others = [await signInDevice(DB_URL, first!.id), await signInDevice(DB_URL, second!.id)];
    let moves = 0;
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const isEven = round % 2 === 0;
        const [leader, heir] = isEven ? [first!, second!] : [second!, first!];
        const device = isEven ? others[0]! : others[1]!;
        const before = await stateOf(crowd.owner, sessionId);
        const outcomes = await Promise.all([
          outcome(leader.run("select transfer_live_session_lead($1, $2)", [sessionId, heir.id])),
          outcome(next(device, sessionId, before.version)),
        ]);
        const moved = outcomes[1] === "ok";
        expect(outcomes).toEqual(moved ? ["ok", "ok"] : ["ok", "not_leader"]);
        if (moved) moves++;
        expect(await stateOf(crowd.owner, sessionId, before.seq)).toEqual({
          version: before.version + (moved ? 2 : 1),
          exercise: moved ? `exercise-${moves - 1}` : before.exercise,
          seq: before.seq + (moved ? 2 : 1),
          leaders: [heir.id],
          events: moved ? ["exercise_changed", "leader_changed"] : ["leader_changed"],
        });
      }
    } finally {
      await Promise.all(others.map((device) => device.close()));
      await first!.run("select end_live_session($1)", [sessionId]);
    }
  });
});

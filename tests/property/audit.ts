import { expect } from "vitest";
import type postgres from "postgres";
import { e1rmGrams, inOrder } from "./records.ts";
import type { ModelSession, World } from "./world.ts";

/** What the database says of a session, its people and their numbers. */
async function stated(owner: postgres.Sql | postgres.TransactionSql, world: World) {
  const ids = world.sessions.map(({ id }) => id);
  const sessions = await owner`
    select s.id, s.status::text, s.visibility::text, s.host_id as host, s.version::int,
      s.last_event_seq::int as events,
      s.total_sets_completed as sets, s.plan_position as position,
      s.current_exercise_id as exercise, s.paused_at is not null as paused,
      s.rest_ends_at is not null as resting,
      exists (select from public.live_session_ready_checks c where c.session_id = s.id) as checking,
      (s.summary - 'durationMs' - 'activeMs') as summary
    from public.live_sessions s where s.id = any (${ids}::uuid[])
    order by array_position(${ids}::uuid[], s.id)`;
  const participants = await owner`
    select p.session_id as session, p.user_id as person, p.left_at is null as present,
      p.status::text, p.current_exercise_id as exercise, p.is_leader as leader,
      p.ready_for_next as ready, p.sets_completed as sets, p.total_volume_kg::float as volume,
      p.pr_count as records
    from public.live_session_participants p where p.session_id = any (${ids}::uuid[])
    order by p.session_id, p.user_id`;
  const sets = await owner`
    select t.id, t.session_id as session, t.user_id as person, t.exercise_id as exercise,
      t.set_type::text as type, t.weight_kg::float as weight, t.reps, t.timestamp_ms::float as at,
      (t.e1rm_kg * 1000)::float as e1rm, t.is_pr as record
    from public.live_session_sets t where t.session_id = any (${ids}::uuid[]) order by t.id`;
  const bests = await owner`
    select distinct on (b.user_id, b.exercise_id, b.source_id)
      b.user_id as person, b.exercise_id as exercise, b.source_id as source,
      (b.e1rm_kg * 1000)::float as e1rm, b.achieved_at_ms::float as at
    from private.exercise_bests b where b.user_id = any (${[...world.people]}::uuid[])
    order by b.user_id, b.exercise_id, b.source_id, b.e1rm_kg desc, b.achieved_at_ms`;
  const presence = await owner`
    select w.user_id as person, w.is_in_live_session as "inSession", w.live_session_id as session,
      w.current_exercise_id as exercise, w.current_exercise_name as "exerciseName",
      w.status::text, (extract(epoch from w.last_set_completed_at) * 1000)::float as "lastSetAt"
    from public.workout_presence w where w.user_id = any (${[...world.people]}::uuid[])
    order by w.user_id`;
  const archived = await owner`
    select a.session_id as session, a.user_id as person, jsonb_array_length(w.sets) as sets
    from private.archived_workouts a join public.workouts w on w.id = a.workout_id
    where a.session_id = any (${ids}::uuid[]) order by a.session_id, a.user_id`;
  return {
    sessions: [...sessions],
    participants: [...participants],
    sets: [...sets],
    bests: [...bests],
    presence: [...presence],
    archived: [...archived],
  };
}

/** Text in the order in which the database sorts ids. */
function by<Row>(...keys: ((row: Row) => string)[]) {
  return (one: Row, other: Row) => {
    for (const key of keys) {
      if (key(one) !== key(other)) return key(one) < key(other) ? -1 : 1;
    }
    return 0;
  };
}

function numbers(session: ModelSession, person?: number) {
  const sets = [...session.sets.values()].filter((set) =>
    person === undefined || set.owner === person
  );
  return {
    sets: sets.length,
    volume: sets.reduce((sum, set) => sum + set.weightKg * set.reps, 0),
    records: sets.filter((set) => set.isRecord).length,
  };
}

/** The best of each training, by e1RM, then by time. */
function bestsOf(world: World) {
  const found = new Map<
    string,
    { person: string; exercise: string; source: string; e1rm: number; at: number }
  >();
  const offer = (
    person: number,
    source: string,
    set: { exercise: string; weightKg: number; reps: number; at: number },
  ) => {
    const key = [person, set.exercise, source].join();
    const e1rm = e1rmGrams(set.weightKg, set.reps);
    const best = found.get(key);
    if (!best || e1rm > best.e1rm || (e1rm === best.e1rm && set.at < best.at)) {
      found.set(key, {
        person: world.people[person]!,
        exercise: set.exercise,
        source,
        e1rm,
        at: set.at,
      });
    }
  };
  for (const session of world.sessions) {
    for (const set of [...session.sets.values()].sort(inOrder)) {
      if (!set.warmup) offer(set.owner, session.id, set);
    }
  }
  for (const [person, workouts] of world.workouts) {
    for (const workout of workouts) for (const set of workout.sets) offer(person, workout.id, set);
  }
  return [...found.values()].sort(by((b) => b.person, (b) => b.exercise, (b) => b.source));
}

/** What the model says of the same. */
function expected(world: World): Awaited<ReturnType<typeof stated>> {
  const id = (person: number) => world.people[person]!;
  const people = world.sessions.flatMap((session) =>
    [...session.participants.values()].map((participant) => ({ session, participant }))
  );
  return {
    sessions: world.sessions.map((session) => {
      const { sets, volume } = numbers(session);
      return {
        id: session.id,
        status: session.status,
        visibility: session.visibility,
        host: id(session.host),
        version: session.version,
        events: session.events.flat().length,
        sets,
        position: session.position,
        exercise: session.exercise,
        paused: session.paused,
        resting: session.resting,
        checking: session.readyCheck !== null,
        summary: session.status === "ended"
          ? { participantCount: session.participants.size, totalSets: sets, totalVolumeKg: volume }
          : null,
      };
    }),
    participants: people.map(({ session, participant }) => ({
      session: session.id,
      person: id(participant.person),
      present: participant.present,
      status: participant.status,
      exercise: participant.exercise,
      leader: participant.isLeader,
      ready: participant.isReady,
      ...numbers(session, participant.person),
    })).sort(by((p) => p.session, (p) => p.person)),
    sets: world.sessions.flatMap((session) =>
      [...session.sets.values()].map((set) => ({
        id: set.id,
        session: session.id,
        person: id(set.owner),
        exercise: set.exercise,
        type: set.warmup ? "warmup" : "working",
        weight: set.weightKg,
        reps: set.reps,
        at: set.at,
        e1rm: e1rmGrams(set.weightKg, set.reps),
        record: set.isRecord,
      }))
    ).sort(by((set) => set.id)),
    bests: bestsOf(world),
    presence: [...world.presence].map(([person, one]) => ({ person: id(person), ...one }))
      .sort(by((one) => one.person)),
    archived: people.filter(({ session, participant }) =>
      session.status === "ended" && numbers(session, participant.person).sets > 0
    ).map(({ session, participant }) => ({
      session: session.id,
      person: id(participant.person),
      sets: numbers(session, participant.person).sets,
    })).sort(by((one) => one.session, (one) => one.person)),
  };
}

/** The logs: numbered from 1 without a gap, command by command what the model expects. */
async function auditEvents(owner: postgres.Sql, world: World): Promise<void> {
  for (const session of world.sessions) {
    const rows = await owner`
      select e.seq::int, e.type::text || ' ' || e.user_id as event
      from public.live_session_events e where e.session_id = ${session.id} order by e.seq`;
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    const named = rows.map(({ event }) => {
      const [type, person] = String(event).split(" ");
      return `${type} ${world.people.indexOf(person!)}`;
    });
    // Within one command several exercises may be judged in any order.
    const commands = session.events.map((events) => named.splice(0, events.length).sort());
    expect(commands).toEqual(session.events);
    expect(named).toEqual([]);
  }
}

/** Things that hold whatever happened, said without the model. */
async function auditInvariants(owner: postgres.Sql, world: World): Promise<void> {
  const ids = world.sessions.map(({ id }) => id);
  const rows = await owner`
    select s.id,
      s.participant_count = (select count(*) from public.live_session_participants p
        where p.session_id = s.id and (p.left_at is null or p.left_at = s.ended_at)) as counted,
      (select count(*)::int from public.live_session_participants p
        where p.session_id = s.id and p.is_leader) as leaders,
      s.status = 'ended' or exists (select from public.live_session_participants p
        where p.session_id = s.id and p.left_at is null and p.user_id = s.host_id) as hosted,
      s.status = 'ended' or exists (select from public.live_session_participants p
        where p.session_id = s.id and p.left_at is null and p.is_leader) as led
    from public.live_sessions s where s.id = any (${ids}::uuid[])
    order by array_position(${ids}::uuid[], s.id)`;
  expect([...rows]).toEqual(
    ids.map((id) => ({ id, counted: true, leaders: 1, hosted: true, led: true })),
  );
  const twice = await owner`
    select p.user_id from public.live_session_participants p
    where p.user_id = any (${[...world.people]}::uuid[]) and p.left_at is null
    group by p.user_id having count(*) > 1`;
  expect([...twice]).toEqual([]);
}

/** Every row that records are judged by, not only the best of each training. */
async function rowsOfBests(owner: postgres.Sql | postgres.TransactionSql, world: World) {
  const rows = await owner`
    select to_jsonb(b) as row from private.exercise_bests b
    where b.user_id = any (${[...world.people]}::uuid[]) order by to_jsonb(b)::text`;
  return rows.map(({ row }) => row);
}

class RolledBack extends Error {}

/** Holds the database against the model, and against what it derives from its own facts. */
export async function audit(owner: postgres.Sql, world: World): Promise<void> {
  const before = await stated(owner, world);
  expect(before).toEqual(expected(world));
  await auditEvents(owner, world);
  await auditInvariants(owner, world);
  const bests = await rowsOfBests(owner, world);
  await owner.begin(async (sql) => {
    for (const { id } of world.sessions) await sql`select private.recompute_session(${id})`;
    for (const id of world.people) await sql`select private.recompute_bests(${id})`;
    expect(await stated(sql, world)).toEqual(before);
    expect(await rowsOfBests(sql, world)).toEqual(bests);
    throw new RolledBack();
  }).catch((error) => {
    if (!(error instanceof RolledBack)) throw error;
  });
}

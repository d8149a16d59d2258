import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPartitioning } from "../../scripts/shared/partitioning.ts";
import { type Databases, generate, startDatabases } from "./databases.ts";
import {
  actAs,
  logSet,
  monthName,
  placeOf,
  readingOf,
  startTraining,
  type Trainee,
} from "./training.ts";

const SESSIONS = 3_000;

describe("in a database that is partitioned by month", () => {
  let databases: Databases;
  let sql: postgres.Sql;

  beforeAll(async () => {
    databases = await startDatabases();
    await databases.copy("postgres", "months");
    const operator = databases.open("months");
    await generate(operator, SESSIONS);
    await operator.unsafe(await readPartitioning());
    await operator.unsafe("analyze public.live_session_sets, public.live_session_events");
    await operator.end();
    sql = databases.open("months", 8);
  }, 90_000);
  afterAll(async () => {
    await sql?.end();
    await databases?.stop();
  });

  /** A set of that long ago with a session whose id tells its time, or does not. */
  async function setOf(daysAgo: number, isOrdered: boolean): Promise<Trainee & { setId: string }> {
    const [set] = await sql<(Trainee & { setId: string })[]>`
      select t.id as "setId", t.user_id as id, t.session_id as "sessionId"
      from public.live_session_sets t
      where t.created_at < now() - ${daysAgo} * interval '1 day'
        and private.is_time_ordered(t.session_id) = ${isOrdered}
      order by t.created_at desc limit 1`;
    return set!;
  }

  it("puts a set into its session's month", async () => {
    const trainee = await startTraining(sql);
    const setId = randomUUID();
    expect(await logSet(sql, trainee, setId)).toBe(1);
    expect(await placeOf(sql, setId)).toEqual([monthName()]);
    const [events] = await sql`
      select array_agg(distinct e.tableoid::regclass::text) as places, max(e.seq)::integer as last
      from public.live_session_events e where e.session_id = ${trainee.sessionId}`;
    expect(events).toEqual({
      places: [`partitions.live_session_events_${monthName()}`],
      last: 3,
    });
  });

  it.each([[100, true], [300, false], [400, false]])(
    "takes a retry of %i days ago for what it is (ids tell their time: %s)",
    async (daysAgo, isOrdered) => {
      const { setId, ...trainee } = await setOf(daysAgo, isOrdered);
      const before = await placeOf(sql, setId);
      expect(before).toHaveLength(1);
      expect(await logSet(sql, trainee, setId)).toBe(0);
      // Nor does the session of a later month make it another set, be it one's own or not.
      const other = await startTraining(sql);
      await expect(logSet(sql, other, setId)).rejects.toThrow("invalid_request");
      expect(await placeOf(sql, setId)).toEqual(before);
    },
  );

  it("makes one set of an id that many send at once, in whichever session", async () => {
    const trainees = await Promise.all(Array.from({ length: 6 }, () => startTraining(sql)));
    for (let round = 0; round < 5; round++) {
      const setId = randomUUID();
      const outcomes = await Promise.allSettled(
        trainees.map((trainee) => logSet(sql, trainee, setId)),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await placeOf(sql, setId)).toHaveLength(1);
      const [owner] = trainees;
      const mine = randomUUID();
      const retries = await Promise.all(trainees.map(() => logSet(sql, owner!, mine)));
      expect(retries.reduce((sum, rows) => sum + rows)).toBe(1);
    }
    const [keys] = await sql`
      select (select count(*) from private.live_session_set_ids)
        - (select count(*) from public.live_session_sets) as too_many`;
    expect(keys!.too_many).toBe("0");
  });

  it("lets go of the id of a removed set, with what refers to it, and not back in", async () => {
    const trainee = await startTraining(sql);
    const [host] = await sql`select id from public.users where id <> ${trainee.id} limit 1`;
    const setId = randomUUID();
    await logSet(sql, trainee, setId);
    await sql`
      insert into public.quick_reactions (from_user_id, to_user_id, emote, set_id)
      values (${host!.id}, ${trainee.id}, 'clap', ${setId})`;
    await actAs(
      sql,
      trainee.id,
      (transaction) => transaction`delete from public.live_session_sets where id = ${setId}`,
    );
    expect([
      ...await sql`select set_id from public.quick_reactions where to_user_id = ${trainee.id}`,
    ])
      .toEqual([{ set_id: null }]);
    expect([...await sql`select from private.live_session_set_ids where id = ${setId}`]).toEqual(
      [],
    );
    expect(await logSet(sql, trainee, setId)).toBe(0);
  });

  it("catches up on a session in one partition", async () => {
    const { id, sessionId } = await setOf(40, true);
    const month = await sql`select to_char(private.month_of_id(${sessionId}), 'YYYY_MM') as name`;
    const read = await readingOf(
      sql,
      id,
      `select * from public.live_session_events where session_id = '${sessionId}' and seq > 3 order by seq limit 200`,
    );
    expect(read.tables).toEqual([`live_session_events_${month[0]!.name}`]);
  });

  it("reads a person's history by index, and of the months only those asked for", async () => {
    const { id } = await setOf(40, true);
    const latest = `select * from public.live_session_sets where user_id = '${id}'
      order by timestamp_ms desc limit 50`;
    // The first of a month is empty, and so are those to come: cheaper read whole than by index.
    const small = [0, 1, 2, 3].map((later) => `live_session_sets_${monthName(later)}`);
    small.push("live_session_sets_default");
    const all = await readingOf(sql, id, latest);
    expect(all.tables).toContain("live_session_sets_earlier");
    expect(small).toEqual(expect.arrayContaining(all.whole));
    const [bound] = await sql`
      select private.first_id_at(date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'
        - interval '1 month') as from_id, private.last_month_id() as until_id`;
    const recent = await readingOf(
      sql,
      id,
      latest.replace(
        "order by",
        `and session_id >= '${bound!.from_id}' and session_id < '${bound!.until_id}' order by`,
      ),
    );
    const last = `live_session_sets_${monthName(-1)}`;
    expect(recent.tables).toContain(last);
    expect([last, ...small]).toEqual(expect.arrayContaining(recent.tables));
    expect(small).toEqual(expect.arrayContaining(recent.whole));
  });

  it(
    "drops a month of events once all its sessions are through, and writes no row for it",
    async () => {
      const old = `partitions.live_session_events_${monthName(-5)}`;
      const young = `partitions.live_session_events_${monthName(-2)}`;
      const [before] = await sql.unsafe(`select (select count(*)::integer from ${old}) as old,
      (select count(*)::integer from ${young}) as young,
      (select count(*)::integer from public.live_session_sets) as sets`);
      expect(before!.old).toBeGreaterThan(1_000);
      await sql`select private.drop_months('live_session_events', now() - interval '90 days')`;
      // Not yet: its sessions still have their history.
      expect((await sql.unsafe(`select count(*)::integer as rows from ${old}`))[0]!.rows)
        .toBe(before!.old);
      await expect.poll(async () => {
        await sql`select private.drop_old_history(now())`;
        const [due] = await sql`
        select count(*)::integer as sessions from public.live_sessions s
        where s.history_dropped_at is null and s.ended_at < now() - interval '90 days'`;
        return due!.sessions;
      }, { timeout: 20_000 }).toBe(0);
      const [words] = await sql.unsafe(`select count(*)::integer as rows,
      count(*) filter (where event_data #>> '{data,message}' <> '[deleted]')::integer as kept
      from ${old}`);
      expect(words).toEqual({ rows: before!.old, kept: 0 });
      // How many months are over depends on the day of the month.
      const rowsOf = async () =>
        (await sql`select count(*)::integer as rows from public.live_session_events`)[0]!.rows;
      const rows: number = await rowsOf();
      const [plan] = await sql`
        explain (analyze, wal, format json)
        select private.drop_months('live_session_events', now() - interval '90 days')`;
      // Each row deleted would be a record at least.
      expect(plan!["QUERY PLAN"][0].Plan["WAL Records"])
        .toBeLessThan((rows - await rowsOf()) / 4);
      const [after] = await sql.unsafe(`select to_regclass('${old}') as old,
      (select count(*)::integer from ${young}) as young,
      (select count(*)::integer from public.live_session_sets) as sets`);
      expect(after).toEqual({ old: null, young: before!.young, sets: before!.sets });
    },
    40_000,
  );

  it("makes the months to come ahead of time, whoever runs the janitor", async () => {
    await sql`select private.run_janitor(now() + interval '2 months')`;
    const [made] = await sql`
      select to_regclass(${`partitions.live_session_sets_${monthName(5)}`}) is not null
        and to_regclass(${`partitions.live_session_events_${monthName(5)}`}) is not null as both`;
    expect(made!.both).toBe(true);
  });

  it("loses nothing when a month is missing, says so, and puts it in its place later", async () => {
    await databases.copy("postgres", "missing");
    const missing = databases.open("missing");
    try {
      await missing.unsafe(await readPartitioning());
      await missing.unsafe(`drop table partitions.live_session_sets_${monthName()},
        partitions.live_session_events_${monthName()}`);
      const trainee = await startTraining(missing);
      const setId = randomUUID();
      expect(await logSet(missing, trainee, setId)).toBe(1);
      expect(await placeOf(missing, setId)).toEqual(["default"]);
      const [friend] = await missing`select id from public.users where id <> ${trainee.id} limit 1`;
      await missing`
        insert into public.quick_reactions (from_user_id, to_user_id, emote, set_id)
        values (${friend!.id}, ${trainee.id}, 'clap', ${setId})`;
      const misplaced = () =>
        missing`select table_name, rows::integer from monitoring.misplaced_rows order by rows`;
      expect([...await misplaced()]).toEqual([
        { table_name: "live_session_sets", rows: 1 },
        { table_name: "live_session_events", rows: 3 },
      ]);
      const [before] = await missing`
        select jsonb_agg(e order by e.id) as events from public.live_session_events e`;
      await missing`select private.run_janitor()`;
      expect(await placeOf(missing, setId)).toEqual([monthName()]);
      expect((await misplaced()).map(({ rows }) => rows)).toEqual([0, 0]);
      const [after] = await missing`
        select jsonb_agg(e order by e.id) as events from public.live_session_events e`;
      expect(after).toEqual(before);
      expect(await missing`select from public.quick_reactions where set_id = ${setId}`)
        .toHaveLength(1);
      expect(await logSet(missing, trainee, setId)).toBe(0);
      expect(await logSet(missing, trainee, randomUUID())).toBe(1);
    } finally {
      await missing.end();
    }
  });

  it("leaves the month to the next minute while somebody holds the table", async () => {
    const [made] = await sql`select ${`live_session_events_${monthName(6)}`}::text as name`;
    await sql.begin(async (holder) => {
      await holder`lock table public.live_session_events in share row exclusive mode`;
      const startedAt = Date.now();
      await sql`select private.keep_months(now() + interval '3 months')`;
      expect(Date.now() - startedAt).toBeLessThan(5_000);
      const [there] = await sql`select to_regclass('partitions.' || ${made!.name}) as there`;
      expect(there!.there).toBeNull();
    });
    await sql`select private.keep_months(now() + interval '3 months')`;
    const [there] = await sql`
      select to_regclass('partitions.' || ${made!.name}) is not null as there`;
    expect(there!.there).toBe(true);
  });
});

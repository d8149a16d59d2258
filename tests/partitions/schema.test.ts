import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPartitioning } from "../../scripts/shared/partitioning.ts";
import { difference, readCatalogue } from "./catalogue.ts";
import { type Databases, generate, runPgtap, startDatabases } from "./databases.ts";

/** More by environment, for whoever wants to know how long it takes. */
const SESSIONS = Number(process.env.PARTITIONS_SESSIONS ?? 3_000);

/** Every row of what is moved, and of what refers to it. */
const CHECKSUMS = [
  "live_session_sets",
  "live_session_events",
  "live_session_reactions",
  "quick_reactions",
]
  .map((table) =>
    `select '${table}' as of_table, count(*)::integer as rows, sum(hashtextextended(t::text, 0)) as sum
     from public.${table} t`
  ).join(" union all ") + " order by of_table";

describe(`${SESSIONS} sessions, partitioned`, () => {
  let databases: Databases;
  let partitioning: string;
  let whole: postgres.Sql;
  let parted: postgres.Sql;

  beforeAll(async () => {
    partitioning = await readPartitioning();
    databases = await startDatabases();
    const template = databases.open("postgres");
    await template`alter publication supabase_realtime add table public.live_session_events`;
    await template.end();
    await databases.copy("postgres", "whole");
    whole = databases.open("whole");
    await generate(whole, SESSIONS);
    await whole.end();
    await databases.copy("whole", "parted");
    whole = databases.open("whole");
    parted = databases.open("parted");
    await parted.unsafe(partitioning);
  }, 60_000 + SESSIONS * 5);
  afterAll(async () => {
    await whole?.end();
    await parted?.end();
    await databases?.stop();
  });

  /** A database without rows, for one test. */
  async function withDatabase(name: string, test: (sql: postgres.Sql) => PromiseLike<unknown>) {
    await databases.copy("postgres", name);
    const sql = databases.open(name);
    try {
      await test(sql);
    } finally {
      await sql.end();
    }
  }

  it("has every row as it was", async () => {
    const before = await whole.unsafe(CHECKSUMS);
    expect(before.every(({ rows }) => rows >= SESSIONS / 4)).toBe(true);
    expect([...await parted.unsafe(CHECKSUMS)]).toEqual([...before]);
  });

  it("has each row in its month, and what has random ids in the heap from before", async () => {
    const rows = await parted`
      select s.tableoid::regclass::text as partition, private.is_time_ordered(s.session_id) as is_ordered,
        count(*)::integer as rows, min(n.created_at) as first, max(n.created_at) as last
      from public.live_session_sets s join public.live_sessions n on n.id = s.session_id
      group by 1, 2 order by 1`;
    const ordered = rows.filter((row) => row.is_ordered);
    expect(ordered.length).toBeGreaterThanOrEqual(5);
    for (const { partition, first, last } of ordered) {
      const month = first.toISOString().slice(0, 7).replace("-", "_");
      expect(partition).toBe(`partitions.live_session_sets_${month}`);
      expect(last.toISOString().slice(0, 7)).toBe(first.toISOString().slice(0, 7));
    }
    const random = rows.filter((row) => !row.is_ordered);
    const earlier = random.find(({ partition }) => partition.endsWith("_earlier"))!;
    const all = random.reduce((sum, row) => sum + row.rows, 0);
    expect(earlier.rows / all).toBeGreaterThan(0.97);
    expect([...await parted`select rows::integer from monitoring.misplaced_rows`]).toEqual([
      { rows: 0 },
      { rows: 0 },
    ]);
  });

  it("has everything that hung on the tables, and says the same but for what is named here", async () => {
    expect(difference(await readCatalogue(whole), await readCatalogue(parted))).toEqual({
      gone: [
        "constraints: public.live_session_events live_session_events_pkey PRIMARY KEY (id) t",
        "constraints: public.live_session_sets live_session_sets_pkey PRIMARY KEY (id) t",
        ...[
          "live_session_reactions live_session_reactions_target_set_id_fkey FOREIGN KEY (target_set_id)",
          "quick_reactions quick_reactions_set_id_fkey FOREIGN KEY (set_id)",
        ].map((key) =>
          `references: public.${key} REFERENCES public.live_session_sets(id) ON DELETE SET NULL t`
        ),
        "indexes: CREATE UNIQUE INDEX live_session_events_pkey ON public.live_session_events USING btree (id) t",
        "indexes: CREATE UNIQUE INDEX live_session_sets_pkey ON public.live_session_sets USING btree (id) t",
        "functions: CREATE OR REPLACE FUNCTION private.before_quick_reaction()",
        "functions: CREATE OR REPLACE FUNCTION private.drop_old_history(p_at timestamp with time zone)",
        "functions: CREATE OR REPLACE FUNCTION private.refresh_records(p_session_id uuid, p_user_id uuid, p_exercise_id text, p_from_ms bigint)",
        "functions: CREATE OR REPLACE FUNCTION private.run_janitor(at timestamp with time zone DEFAULT now())",
        "functions: CREATE OR REPLACE FUNCTION private.set_owner(p_set_id uuid)",
        "views: monitoring.table_sizes  SELECT n.nspname AS schema_name,",
      ],
      come: [
        "constraints: public.live_session_events live_session_events_pkey PRIMARY KEY (id, session_id) t",
        "constraints: public.live_session_sets live_session_sets_pkey PRIMARY KEY (id, session_id) t",
        ...[
          "live_session_reactions live_session_reactions_target_set_id_fkey FOREIGN KEY (target_set_id)",
          "quick_reactions quick_reactions_set_id_fkey FOREIGN KEY (set_id)",
        ].map((key) =>
          `references: public.${key} REFERENCES private.live_session_set_ids(id) ON DELETE SET NULL t`
        ),
        "indexes: CREATE UNIQUE INDEX live_session_events_pkey ON public.live_session_events USING btree (id, session_id) t",
        "indexes: CREATE UNIQUE INDEX live_session_sets_pkey ON public.live_session_sets USING btree (id, session_id) t",
        "triggers: CREATE TRIGGER live_session_sets_20_key BEFORE INSERT ON public.live_session_sets FOR EACH ROW EXECUTE FUNCTION private.keep_set_id() O",
        "triggers: CREATE TRIGGER live_session_sets_60_key AFTER DELETE ON public.live_session_sets FOR EACH ROW EXECUTE FUNCTION private.forget_set_id() O",
        "functions: CREATE OR REPLACE FUNCTION private.add_month(p_table text, p_month date)",
        "functions: CREATE OR REPLACE FUNCTION private.before_quick_reaction()",
        "functions: CREATE OR REPLACE FUNCTION private.drop_months(p_table text, p_until timestamp with time zone)",
        "functions: CREATE OR REPLACE FUNCTION private.drop_old_history(p_at timestamp with time zone)",
        "functions: CREATE OR REPLACE FUNCTION private.first_id_at(p_at timestamp with time zone)",
        "functions: CREATE OR REPLACE FUNCTION private.forget_set_id()",
        "functions: CREATE OR REPLACE FUNCTION private.is_time_ordered(p_id uuid)",
        "functions: CREATE OR REPLACE FUNCTION private.keep_months(p_at timestamp with time zone)",
        "functions: CREATE OR REPLACE FUNCTION private.keep_set_id()",
        "functions: CREATE OR REPLACE FUNCTION private.last_month_id()",
        "functions: CREATE OR REPLACE FUNCTION private.month_of_id(p_id uuid)",
        "functions: CREATE OR REPLACE FUNCTION private.refresh_records(p_session_id uuid, p_user_id uuid, p_exercise_id text, p_from_ms bigint)",
        "functions: CREATE OR REPLACE FUNCTION private.run_janitor(at timestamp with time zone DEFAULT now())",
        "functions: CREATE OR REPLACE FUNCTION private.set_owner(p_set_id uuid)",
        "functions: CREATE OR REPLACE FUNCTION private.time_ordered_id(p_at timestamp with time zone DEFAULT clock_timestamp())",
        "views: monitoring.misplaced_rows  SELECT 'live_session_sets'::text AS table_name,",
        "views: monitoring.months  SELECT p.relname AS table_name,",
        "views: monitoring.table_sizes  SELECT n.nspname AS schema_name,",
      ],
    });
  });

  it("lets nobody reach a partition but through its table", async () => {
    const partitions = await parted`
      select c.oid::regclass::text as name, c.relrowsecurity from pg_class c
      where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r'`;
    expect(partitions.length).toBeGreaterThan(18);
    expect(partitions.filter((row) => !row.relrowsecurity)).toEqual([]);
    const open = await parted`
      select c.oid::regclass, r.role, p.privilege
      from pg_class c, unnest(array['anon', 'authenticated', 'service_role']) r (role),
        unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) p (privilege)
      where c.relnamespace = 'partitions'::regnamespace and c.relkind = 'r'
        and (has_table_privilege(r.role, c.oid, p.privilege)
          or has_schema_privilege(r.role, c.relnamespace, 'usage, create'))`;
    expect([...open]).toEqual([]);
  });

  it("keeps every rule that supabase/tests knows, but for what is named here", async () => {
    await withDatabase("tested", (sql) => sql.unsafe(partitioning));
    const { passed, failures } = await runPgtap(databases.urlOf("tested"));
    expect(passed).toBeGreaterThan(2_000);
    expect(failures.map((failure) => failure.replaceAll(/_\d{4}_\d{2}_/g, "_MONTH_"))).toEqual([
      // What takes the id of a set, and lets go of it.
      "070_pins.sql: triggers. Extra records: " +
      "(public.live_session_sets,live_session_sets_60_key,forget_set_id) " +
      "(public.live_session_sets,live_session_sets_20_key,keep_set_id)",
      "070_pins.sql: functions that run with their owner's rights: in schema private only. " +
      "Extra records: (private.forget_set_id) (private.keep_set_id)",
      // Events go with their month.
      "120_janitor.sql: and is dropped then. have: 5 want: 0",
      // Two events of different sessions may have the same id; the rows written here have another
      // session each, and that is not there.
      "170_integrity.sql: live_session_events_pkey. " +
      "have: 23503 live_session_events_session_id_fkey want: 23505 live_session_events_pkey",
      // The same rule, by the name that it has in the month.
      "170_integrity.sql: live_session_events_seq_key. " +
      "have: 23505 live_session_events_MONTH_session_id_seq_key want: 23505 live_session_events_seq_key",
      // With triggers off, as here, ids of sets of different sessions are not compared.
      "170_integrity.sql: live_session_sets_pkey. " +
      "have: 23503 live_session_sets_participant_fkey want: 23505 live_session_sets_pkey",
    ]);
  }, 60_000);

  it("changes nothing the second time, and says so", async () => {
    const before = await readCatalogue(parted);
    await expect(parted.unsafe(partitioning)).rejects.toThrow(
      "partitioned already; nothing was changed",
    );
    await parted`rollback`;
    expect(difference(before, await readCatalogue(parted))).toEqual({ gone: [], come: [] });
  });

  it("uses the large index that was made beforehand", () =>
    withDatabase("prepared", async (sql) => {
      const name = "live_session_sets_month_key";
      await sql.unsafe(
        `create unique index concurrently ${name} on public.live_session_sets (id, session_id)`,
      );
      const [before] = await sql`select ${`public.${name}`}::regclass::oid as index`;
      await sql.unsafe(partitioning);
      const [after] = await sql`
        select i.indexrelid as index, i.indisprimary from pg_index i
        where i.indrelid = 'partitions.live_session_sets_earlier'::regclass and i.indisprimary`;
      expect(after).toEqual({ ...before, indisprimary: true });
    }));

  it("refuses a schema that it does not know, and leaves it alone", () =>
    withDatabase("strange", async (sql) => {
      await sql.unsafe(`create function public.strange() returns bigint language sql
        begin atomic; select count(*) from public.live_session_sets; end`);
      await expect(sql.unsafe(partitioning)).rejects.toThrow(
        "what to do with: function public.strange()",
      );
      await sql`rollback`;
      const [table] = await sql`
        select relkind from pg_class where oid = 'public.live_session_sets'::regclass`;
      expect(table!.relkind).toBe("r");
    }));
});

import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fill } from "./data.ts";
import { startOwnStack } from "./own_stack.ts";
import { PEOPLE } from "./people.ts";
import type { NamedQuery } from "./query.ts";
import { SESSIONS } from "./sessions.ts";
import { TRAINING } from "./training.ts";

/** For every index the query that it is there for. */
const QUERIES = { ...PEOPLE, ...SESSIONS, ...TRAINING };

/** As many as a test can wait for; the plans of a million sessions are looked at by environment. */
const SIZE = {
  sessions: Number(process.env.PLANS_SESSIONS ?? 10_000),
  people: Number(process.env.PLANS_PEOPLE ?? 2_500),
};

/** A node of a plan in JSON, as far as it is looked at here. */
interface Plan {
  "Index Name"?: string;
  "Conflict Arbiter Indexes"?: string[];
  Plans?: Plan[];
}

function indexesOf(plan: Plan): string[] {
  return [
    ...(plan["Index Name"] ? [plan["Index Name"]] : []),
    ...(plan["Conflict Arbiter Indexes"] ?? []),
    ...(plan.Plans ?? []).flatMap(indexesOf),
  ];
}

describe(`at ${SIZE.sessions} sessions and ${SIZE.people} people`, () => {
  let sql: postgres.Sql;
  let stack: Awaited<ReturnType<typeof startOwnStack>>;

  beforeAll(async () => {
    stack = await startOwnStack();
    sql = postgres(stack.databaseUrl, { max: 1, onnotice: () => {} });
    await fill(sql, SIZE);
  }, 60_000 + SIZE.sessions);
  afterAll(async () => {
    await sql?.end();
    await stack?.stop();
  });

  /** Which indexes the planner uses, not knowing the values. */
  async function planOf({ text, asPerson }: NamedQuery): Promise<string[]> {
    const rows = await sql.begin(async (transaction) => {
      if (asPerson) {
        await transaction`select set_config('request.jwt.claims',
          jsonb_build_object('sub', pg_temp.person(1), 'role', 'authenticated')::text, true)`;
        await transaction`set local role authenticated`;
      }
      return await transaction.unsafe<{ "QUERY PLAN": { Plan: Plan }[] }[]>(
        `explain (format json, generic_plan) ${text}`,
      ).simple();
    });
    return indexesOf(rows[0]!["QUERY PLAN"][0]!.Plan);
  }

  it("every index has a named query, and every query an index", async () => {
    const rows = await sql`
      select n.nspname || '.' || c.relname as name
      from pg_catalog.pg_index i
      join pg_catalog.pg_class c on c.oid = i.indexrelid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'private')`;
    expect(Object.keys(QUERIES).sort()).toEqual(rows.map(({ name }) => String(name)).sort());
  });

  it.each(Object.keys(QUERIES))("%s", async (name) => {
    const query: NamedQuery = QUERIES[name]!;
    expect(await planOf(query), query.of).toContain(name.split(".")[1]);
  });

  it("the policy of sets leaves one person's, and one session's, in the order of their index", async () => {
    const latest = (column: string) =>
      planOf({
        of: "sets over REST",
        text: `select * from public.live_session_sets where ${column} = $1
          order by timestamp_ms desc limit 50`,
        asPerson: true,
      });
    expect(await latest("user_id")).toEqual(["live_session_sets_user_idx"]);
    expect(await latest("session_id")).toEqual(["live_session_sets_session_idx"]);
  });

  it.each(["", "where exercise_id = $1", "order by timestamp_ms desc", "limit 1000"])(
    "and finds by it what a request asks for without either: %s",
    async (rest) => {
      const text = `select * from public.live_session_sets ${rest}`;
      expect((await planOf({ of: "sets over REST", text, asPerson: true })).sort())
        .toEqual(["live_session_sets_session_idx", "live_session_sets_user_idx"]);
    },
  );

  it("no index is the beginning of another", async () => {
    const rows = await sql`
      with plain as (
        select i.indexrelid, i.indrelid, i.indisunique, i.indkey::text || ' ' as columns
        from pg_catalog.pg_index i
        join pg_catalog.pg_class c on c.oid = i.indexrelid
        join pg_catalog.pg_am a on a.oid = c.relam and a.amname = 'btree'
        where i.indpred is null
          and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace)
      )
      select shorter.indexrelid::regclass::text as shorter, longer.indexrelid::regclass::text as longer
      from plain shorter
      join plain longer on longer.indrelid = shorter.indrelid
        and longer.indexrelid <> shorter.indexrelid and starts_with(longer.columns, shorter.columns)
      where not shorter.indisunique`;
    expect([...rows]).toEqual([]);
  });
});

import { randomUUID } from "node:crypto";
import type postgres from "postgres";

/** Somebody in a session under way. */
export interface Trainee {
  id: string;
  sessionId: string;
}

/** Does something as a person, in a transaction that begins as PostgREST begins each request. */
export async function actAs<Result>(
  sql: postgres.Sql,
  personId: string,
  work: (transaction: postgres.TransactionSql) => Promise<Result>,
): Promise<Result> {
  const claims = JSON.stringify({ sub: personId, role: "authenticated" });
  return await sql.begin(async (transaction) => {
    await transaction`
      select set_config('role', 'authenticated', true),
        set_config('request.jwt.claims', ${claims}, true)`;
    return await work(transaction);
  }) as Result;
}

/** Makes a person, who opens a session and starts it. */
export async function startTraining(sql: postgres.Sql): Promise<Trainee> {
  const id = randomUUID();
  await sql`
    insert into auth.users (id, instance_id, aud, role, email, encrypted_password, created_at, updated_at,
      raw_user_meta_data)
    values (${id}, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated',
      ${`${id}@partitions.invalid`}, '', now(), now(), '{"display_name": "Trainee"}')`;
  return await actAs(sql, id, async (transaction) => {
    const [row] = await transaction<{ id: string }[]>`
      select public.open_live_session('shared') -> 'session' ->> 'id' as id`;
    await transaction`select public.start_live_session(${row!.id})`;
    return { id, sessionId: row!.id };
  });
}

/** Logs a set as its person does. Returns how many rows that made: none, if it was logged before. */
export async function logSet(
  sql: postgres.Sql,
  { id, sessionId }: Trainee,
  setId: string,
): Promise<number> {
  return await actAs(sql, id, async (transaction) => {
    const { count } = await transaction`
      insert into public.live_session_sets
        (id, session_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
      values (${setId}, ${sessionId}, 'squat', 'Squat', 100, 5, ${Date.now()})`;
    return count;
  });
}

/** The partition that a set is in, without its schema and what all of them begin with. */
export async function placeOf(sql: postgres.Sql, setId: string): Promise<string[]> {
  const rows = await sql<{ place: string }[]>`
    select replace(s.tableoid::regclass::text, 'partitions.live_session_sets_', '') as place
    from public.live_session_sets s where s.id = ${setId}`;
  return rows.map(({ place }) => place);
}

/** The present month as partitions are named, in UTC; so many months later. */
export function monthName(later = 0): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + later)).toISOString()
    .slice(0, 7).replace("-", "_");
}

/** The tables that a plan really read from, each once. */
export interface Reading {
  tables: string[];
  /** Those of them that it read from end to end. */
  whole: string[];
}

interface PlanNode {
  "Node Type": string;
  "Actual Loops": number;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

/** Runs a statement as a person and says what it touched. */
export async function readingOf(
  sql: postgres.Sql,
  personId: string,
  text: string,
): Promise<Reading> {
  const [row] = await actAs(
    sql,
    personId,
    (transaction) =>
      transaction.unsafe<{ "QUERY PLAN": { Plan: PlanNode }[] }[]>(
        `explain (analyze, format json) ${text}`,
      ),
  );
  const nodes = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodes)];
  const read = nodes(row!["QUERY PLAN"][0]!.Plan).filter((node) =>
    node["Relation Name"] !== undefined && node["Actual Loops"] > 0
  );
  const names = (of: PlanNode[]) => [...new Set(of.map((node) => node["Relation Name"]!))].sort();
  return {
    tables: names(read),
    whole: names(read.filter((node) => node["Node Type"].includes("Seq Scan"))),
  };
}

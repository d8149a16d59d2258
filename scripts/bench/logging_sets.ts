import type { LoneDatabase } from "../shared/lone_database.ts";

type Connection = ReturnType<LoneDatabase["open"]>;

/**
 * A set with everything it causes, the rows that it writes without a rule on them, or a bare row in a table of
 * the same shape.
 */
export type Kind = "full" | "writes" | "bare";

/** Lets people of a crowd log sets over one connection, one transaction each. */
export type Way = (
  sql: Connection,
  firstPerson: number,
  people: number,
) => Promise<(kind: Kind, sets: number) => Promise<void>>;

const TABLES = { full: "public.live_session_sets", bare: "bench.sets" };

interface Person {
  id: string;
  session_id: string;
}

/** Transactions from outside, as PostgREST makes them. */
export const loggedByClient: Way = async (sql, firstPerson, people) => {
  const crowd = await sql<Person[]>`
    select id, session_id from bench.people
    where number between ${firstPerson} and ${firstPerson + people - 1}`;
  return async (kind, sets) => {
    for (let index = 0; index < sets; index++) {
      const { id, session_id } = crowd[Math.floor(Math.random() * crowd.length)]!;
      const claims = JSON.stringify({ sub: id, role: "authenticated" });
      await sql`begin`;
      await sql`
        select set_config('role', 'authenticated', true),
          set_config('request.jwt.claims', ${claims}, true)`;
      if (kind === "writes") {
        await sql`
          select bench.write_rows(${crypto.randomUUID()}, ${session_id}, ${id}, ${Date.now()})`;
      } else {
        await sql`
          insert into ${sql(TABLES[kind])} (id, session_id, user_id, exercise_id, exercise_name,
            set_type, weight_kg, reps, timestamp_ms)
          values (${crypto.randomUUID()}, ${session_id}, ${id}, 'squat', 'Squat', 'working', 100, 5,
            ${Date.now()})`;
      }
      await sql`commit`;
    }
  };
};

/** A loop inside the server. */
export const loggedByServer: Way = (sql, firstPerson, people) =>
  Promise.resolve(async (kind, sets) => {
    await sql.unsafe(
      `call bench.log_sets(${sets}, '${kind}', ${firstPerson}, ${people})`,
    );
  });

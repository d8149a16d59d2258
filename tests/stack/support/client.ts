import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import postgres from "postgres";
import type { Endpoints } from "../../setup/endpoints.ts";

export const password = "train-together";

let count = 0;

/** A client of somebody who has just signed up. */
export async function signUp(endpoints: Endpoints): Promise<{
  client: SupabaseClient;
  token: string;
  email: string;
}> {
  const client = createClient(endpoints.API_URL, endpoints.PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const email = `person-${process.pid}-${++count}@example.com`;
  const { data, error } = await client.auth.signUp({ email, password });
  if (error || !data.session) throw error ?? new Error("Signing up gave no session.");
  return { client, token: data.session.access_token, email };
}

/** Looks at the database as postgres. */
export async function withDatabase<Result>(
  endpoints: Endpoints,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(endpoints.DB_URL, { max: 1, onnotice: () => {}, connect_timeout: 5 });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

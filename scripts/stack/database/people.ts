import type { Person } from "../state.ts";
import type { Database } from "./connect.ts";

/** The password that every person in supabase/seed.sql has. */
export const seedPassword = "train-together";

/**
 * The people whom the seed brought along and who still have the seed's password. Accounts made
 * through sign-up are not among them: only seeds fill in `instance_id`.
 *
 * @param database connected as postgres
 */
export async function seededPeople(database: Database): Promise<Person[]> {
  const rows = await database<{ email: string; display_name: string }[]>`
    select email, coalesce(raw_user_meta_data ->> 'display_name', '') as display_name
    from (
      select * from auth.users
      where instance_id = '00000000-0000-0000-0000-000000000000' and email is not null
      order by created_at, email
      limit 50
    ) as seeded
    where encrypted_password <> ''
      and encrypted_password = extensions.crypt(${seedPassword}, encrypted_password)
    order by created_at, email
  `;
  return rows.map((row) => ({
    email: row.email,
    displayName: row.display_name,
    password: seedPassword,
  }));
}

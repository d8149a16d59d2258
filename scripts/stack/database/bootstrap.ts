import { getAuthSchemaSql } from "@supabase/lite";
import { isDatabaseError } from "./connect.ts";
import type { Database } from "./connect.ts";
import type { Secrets } from "./secrets.ts";
import { StackError } from "../errors.ts";

interface Part {
  name: string;
  /** Whom the statements run as; the superuser if absent. */
  role?: string;
  sql: () => Promise<string>;
}

const file = (name: string, role?: string): Part => ({
  name,
  ...(role ? { role } : {}),
  sql: () => Deno.readTextFile(new URL(`../sql/${name}`, import.meta.url)),
});

/** What makes an empty PostgreSQL into the platform's, in order. */
const parts: readonly Part[] = [
  file("roles.sql"),
  file("database.sql"),
  file("auth_schema.sql"),
  {
    name: "lite's auth schema",
    role: "supabase_auth_admin",
    sql: () => Promise.resolve(getAuthSchemaSql()),
  },
  file("auth.sql", "supabase_auth_admin"),
  file("realtime.sql"),
  file("realtime_guard.sql"),
  file("schema_reload.sql"),
  file("migration_history.sql", "postgres"),
];

/**
 * Brings the database to what the platform gives a project before its first migration. Repeatable:
 * it runs at every start, in one transaction.
 *
 * @param database connected as the superuser
 * @param exposeNewTables grant the API's roles everything that postgres creates in public
 * @throws StackError naming the file that failed
 */
export async function bootstrap(
  database: Database,
  secrets: Secrets,
  exposeNewTables: boolean,
): Promise<void> {
  const texts = await Promise.all(parts.map((part) => part.sql()));
  await database.begin(async (transaction) => {
    for (const [index, part] of parts.entries()) {
      try {
        await transaction.unsafe(`set local role ${part.role ?? "supabase_admin"}`);
        await transaction.unsafe(texts[index]!);
        await transaction.unsafe("reset role");
      } catch (error) {
        if (!isDatabaseError(error)) throw error;
        throw new StackError(`Setting up the database failed in ${part.name}: ${error.message}`);
      }
    }
    await transaction.unsafe(defaultPrivileges(exposeNewTables));
    await transaction.unsafe(`
      alter role postgres with password 'postgres';
      alter role supabase_auth_admin with password '${secrets.supabaseAuthAdmin}';
      alter role stack_rest with password '${secrets.stackRest}';
    `);
  });
}

function defaultPrivileges(expose: boolean): string {
  const roles = "anon, authenticated, service_role";
  const words = expose ? ["grant", "to"] : ["revoke", "from"];
  // Functions stay executable by PUBLIC, which is PostgreSQL's own default.
  return ["tables", "sequences", ...(expose ? ["functions"] : [])].map((objects) =>
    `alter default privileges for role postgres in schema public ${words[0]} all on ${objects} ` +
    `${words[1]} ${roles};`
  ).join("\n");
}

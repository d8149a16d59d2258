import type { Database, Query } from "./database.ts";
import { DatabaseUnavailable, StatementError } from "./database.ts";
import type { Claims } from "./keys.ts";

/** Who asks, and for which topic: what policies on `realtime.messages` can look at. */
export interface AuthorizationContext {
  /** Without the `realtime:` prefix. */
  readonly topic: string;
  readonly claims: Claims;
  /** The `x-` headers that the connection was opened with. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What row level security allows on a topic. */
export interface Permissions {
  readonly broadcast: boolean;
  readonly presence: boolean;
}

const NOTHING: Permissions = { broadcast: false, presence: false };
const EXTENSIONS = ["broadcast", "presence"] as const;
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * What may be read: two probe rows are written as the owner of the database, and those that the
 * asking role then sees are allowed. Nothing stays, the transaction is rolled back. A policy that
 * raises counts as no. Raises DatabaseUnavailable.
 */
export function readPermissions(
  database: Database,
  context: AuthorizationContext,
  log: (line: string) => void,
): Promise<Permissions> {
  return decide(log, context, () =>
    database.rolledBack(async (query) => {
      const probes = { broadcast: crypto.randomUUID(), presence: crypto.randomUUID() };
      await query(
        "insert into realtime.messages (id, topic, extension) " +
          "values ($1, $3, 'broadcast'), ($2, $3, 'presence')",
        [probes.broadcast, probes.presence, context.topic],
      );
      await assume(query, context);
      const visible = await query(
        "select id from realtime.messages where id = any($1::uuid[])",
        [[probes.broadcast, probes.presence]],
      );
      const ids = new Set(visible.map((row) => row.id));
      return { broadcast: ids.has(probes.broadcast), presence: ids.has(probes.presence) };
    }));
}

/**
 * What may be written: the asking role tries to insert a row of each kind, and nothing stays.
 * A policy that raises counts as no. Raises DatabaseUnavailable.
 */
export function writePermissions(
  database: Database,
  context: AuthorizationContext,
  log: (line: string) => void,
): Promise<Permissions> {
  return decide(log, context, () =>
    database.rolledBack(async (query) => {
      await assume(query, context);
      const allowed = { broadcast: false, presence: false };
      for (const extension of EXTENSIONS) {
        allowed[extension] = await mayInsert(query, context.topic, extension);
      }
      return allowed;
    }));
}

async function mayInsert(query: Query, topic: string, extension: string): Promise<boolean> {
  await query("savepoint probe");
  try {
    await query("insert into realtime.messages (topic, extension) values ($1, $2)", [
      topic,
      extension,
    ]);
    return true;
  } catch (error) {
    if (error instanceof StatementError && error.code === INSUFFICIENT_PRIVILEGE) {
      await query("rollback to savepoint probe");
      return false;
    }
    throw error;
  }
}

/** Becomes the asking role for the rest of the transaction. */
async function assume(query: Query, context: AuthorizationContext): Promise<void> {
  const { topic, claims, headers } = context;
  await query(
    "select set_config('role', $1, true), set_config('realtime.topic', $2, true), " +
      "set_config('request.jwt.claims', $3, true), set_config('request.jwt.claim.sub', $4, true), " +
      "set_config('request.jwt.claim.role', $1, true), set_config('request.headers', $5, true)",
    [
      claims.role,
      topic,
      JSON.stringify(claims),
      typeof claims.sub === "string" ? claims.sub : "",
      JSON.stringify(headers),
    ],
  );
}

async function decide(
  log: (line: string) => void,
  context: AuthorizationContext,
  probe: () => Promise<Permissions>,
): Promise<Permissions> {
  try {
    return await probe();
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    if (!(error instanceof StatementError)) throw error;
    // The person is told no more than "no"; whoever wrote the policy finds the reason here.
    log(
      `asking the policies about topic ${context.topic} for role ${context.claims.role} failed: ` +
        `${error.code} ${error.message}`,
    );
    return NOTHING;
  }
}

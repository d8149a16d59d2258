import { type Permissions, readPermissions } from "./authorization.ts";
import { DatabaseUnavailable } from "./database.ts";
import { type Claims, isApiKey } from "./keys.ts";
import { Refusal } from "./refusal.ts";
import type { TopicName } from "./registry.ts";
import type { Services } from "./services.ts";

/** Who is behind a connection that has not said more than its API key. */
export interface Caller {
  readonly apiKeyClaims: Claims;
  /** The `x-` headers that the connection was opened with. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Who may read a topic, and what of it. */
export interface Admission {
  /** The token that was shown, null when the API key had to do. */
  readonly token: string | null;
  readonly claims: Claims;
  readonly read: Permissions;
}

const EVERYTHING: Permissions = { broadcast: true, presence: true };

/** Verifies a token and asks the policies of a private topic. Raises Refusal. */
export async function admit(
  services: Services,
  caller: Caller,
  topic: TopicName,
  accessToken: string | null,
): Promise<Admission> {
  const token = accessToken === null || isApiKey(accessToken) ? null : accessToken;
  const claims = token === null ? caller.apiKeyClaims : await services.keyring.verifyToken(token);
  if (!topic.private) return { token, claims, read: EVERYTHING };

  const context = { topic: topic.name, claims, headers: caller.headers };
  const read = await orUnavailable(readPermissions(services.database, context, services.log));
  if (!read.broadcast && !read.presence) throw unreadable(topic.name);
  return { token, claims, read };
}

/** The refusal of a topic that row level security does not let someone read. */
export function unreadable(name: string): Refusal {
  return new Refusal(
    "Unauthorized",
    `You do not have permissions to read from this Channel topic: ${name}`,
  );
}

/** The refusal while the database is away; clients try again by themselves. */
export function unavailable(): Refusal {
  return new Refusal(
    "UnableToConnectToProject",
    "Realtime was unable to connect to the project database",
  );
}

/** Turns DatabaseUnavailable into the Refusal that clients know. */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DatabaseUnavailable ? unavailable() : error;
  }
}

import { createPeople, type Person, signToken, type Stack } from "../../shared/people.ts";
import { jsonWebKeySet } from "../../stack/keys.ts";

/** The edge functions of the project. */
export const FUNCTION_NAMES = ["sessions", "invitations", "guided"] as const;

/** One of the edge functions. */
export type FunctionName = typeof FUNCTION_NAMES[number];

/** Where a function's module is. */
export function entrypointOf(name: FunctionName): URL {
  return new URL(`../../../supabase/functions/${name}/index.ts`, import.meta.url);
}

/** What the platform sets for a function, to work with a stack. */
export function environmentFor(stack: Stack): Record<string, string> {
  return {
    SUPABASE_URL: stack.API_URL,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: stack.PUBLISHABLE_KEY }),
    SUPABASE_JWKS: JSON.stringify(jsonWebKeySet(stack.JWT_SECRET)),
  };
}

/** Somebody with an access token. */
export type Caller = Person & { readonly token: string };

/** Makes people who are signed in. */
export async function createCallers(stack: Stack, names: readonly string[]): Promise<Caller[]> {
  const people = await createPeople(stack, names);
  return await Promise.all(
    people.map(async (person) => ({ ...person, token: await signToken(stack, person, 7200) })),
  );
}

/** A request of each function that does little in the database and that everybody may repeat. */
export const LIGHT_REQUESTS: Readonly<Record<FunctionName, { method: string; path: string }>> = {
  sessions: { method: "GET", path: "/sessions?scope=mine&limit=1" },
  invitations: { method: "GET", path: "/invitations?limit=1" },
  // Refused by the database, which is asked all the same: there is nothing to lead.
  guided: { method: "POST", path: "/guided/00000000-0000-4000-8000-000000000000/pause" },
};

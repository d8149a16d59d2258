import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { runningStack } from "../helpers/stack.ts";

export interface ClientOptions {
  /** The version of the protocol; the client's own default if absent. */
  readonly vsn?: string;
  /** The API key; the publishable one if absent. */
  readonly key?: string;
}

const clients: SupabaseClient[] = [];

/** An unmodified client that authenticates with a token that may change. */
export function clientWith(
  token: () => Promise<string | null>,
  options: ClientOptions = {},
): SupabaseClient {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const client = createClient(API_URL, options.key ?? PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: options.vsn ? { vsn: options.vsn } : {},
    accessToken: token,
  });
  clients.push(client);
  return client;
}

/** An unmodified client of somebody who is signed in. */
export function clientOf(
  person: { readonly token: string },
  options: ClientOptions = {},
): SupabaseClient {
  return clientWith(() => Promise.resolve(person.token), options);
}

/** An unmodified client that has nothing but its API key. */
export function nobodysClient(options: ClientOptions = {}): SupabaseClient {
  return clientWith(() => Promise.resolve(null), options);
}

/** Closes what clients opened. To be called after each test. */
export async function disconnectEveryone(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
}

import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterEach, expect } from "vitest";
import { sessionCalls } from "../../../client/src/calls/sessions.ts";
import type { SessionSync } from "../../../client/src/sync/interface.ts";
import { type SyncOptions, syncSession } from "../../../client/src/sync/sync-session.ts";
import type { Database } from "../../../supabase/functions/_shared/database.types.ts";
import { withDatabase } from "../../helpers/database.ts";
import type { Person } from "../../helpers/people.ts";
import { joinSession, openSession, readEvents, startSession } from "../../helpers/sessions.ts";
import { runningStack } from "../../helpers/stack.ts";
import type { FaultyNetwork } from "./faulty_socket.ts";
import { Recorder } from "./recorder.ts";
import { until } from "./until.ts";

// Syncs on the stack, closed after each test; none of them may have broken a promise.

const clients: SupabaseClient<Database>[] = [];
const syncs: SessionSync[] = [];
const recorders: Recorder[] = [];

afterEach(async () => {
  await Promise.all(syncs.splice(0).map((sync) => sync.close()));
  await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
  for (const recorder of recorders.splice(0)) expect(recorder.broken).toEqual([]);
});

/** A client of somebody, perhaps on a network that a test can spoil. */
export function clientOf(
  person: Person,
  network?: FaultyNetwork,
  token: () => Promise<string> = () => Promise.resolve(person.token),
) {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const client = createClient<Database>(API_URL, PUBLISHABLE_KEY, {
    accessToken: token,
    realtime: network ? { transport: network.transport } : {},
  });
  clients.push(client);
  return client;
}

/** Follows a session, and notes down what is told. */
export function follow(
  sessionId: string,
  client: SupabaseClient<Database>,
  options: Partial<SyncOptions> = {},
) {
  const heard = new Recorder(options.after);
  recorders.push(heard);
  const calls = sessionCalls(client);
  const sync = syncSession({ supabase: client, calls, sessionId, listener: heard, ...options });
  syncs.push(sync);
  return { sync, heard };
}

/** A session in which these people train. */
export async function training(host: Person, ...others: Person[]): Promise<string> {
  const { id } = await openSession(host);
  await joinSession(id, ...others);
  await startSession(id, host);
  return id;
}

/** Lets events happen, all in one transaction. */
export async function happen(sessionId: string, person: Person, count = 1): Promise<void> {
  await withDatabase((sql) =>
    sql`
      select private.append_event(${sessionId}, ${person.id}, 'message',
        jsonb_build_object('message', 'number ' || n))
      from generate_series(1, ${count}::integer) n`
  );
}

/** Asserts that in the end everything was told, as the server has it. */
export async function expectWhole(
  heard: Recorder,
  sessionId: string,
  person: Person,
): Promise<void> {
  const events = await readEvents(sessionId, person);
  await until(() => heard.isLive && heard.last === events.length, "everything", 15_000);
  expect(heard.log).toEqual(events);
}

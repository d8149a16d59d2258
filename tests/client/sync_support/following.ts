import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterEach, beforeEach, expect } from "vitest";
import { sessionCalls } from "../../../client/src/calls/sessions.ts";
import type { SessionSync } from "../../../client/src/sync/interface.ts";
import { type SyncOptions, syncSession } from "../../../client/src/sync/sync-session.ts";
import type { Database } from "../../../supabase/functions/_shared/database.types.ts";
import { Recorder } from "./recorder.ts";
import { SessionServer } from "./session_server.ts";

// A server with one session for each test, and syncs of it that are closed afterwards; whatever a
// test is about, none of them may have broken a promise.

/** The server of the test that runs. */
export let server: SessionServer;

const clients: SupabaseClient<Database>[] = [];
const recorders: Recorder[] = [];
const syncs: SessionSync[] = [];

beforeEach(async () => {
  server = await SessionServer.start();
});
afterEach(async () => {
  await Promise.all(syncs.splice(0).map((sync) => sync.close()));
  await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
  await server.realtime.stop();
  for (const recorder of recorders.splice(0)) expect(recorder.broken).toEqual([]);
});

/** A client of the server. */
export function newClient(): SupabaseClient<Database> {
  const client = createClient<Database>(server.realtime.url, "sb_publishable_key", {
    accessToken: () => Promise.resolve("token"),
    realtime: { reconnectAfterMs: () => 300 },
  });
  clients.push(client);
  return client;
}

/** Follows the session, and notes down what is told. */
export function follow(options: Partial<SyncOptions> = {}, client = newClient()) {
  const heard = new Recorder(options.after);
  recorders.push(heard);
  const sync = syncSession({
    supabase: client,
    calls: sessionCalls(client),
    sessionId: server.id,
    listener: heard,
    ...options,
  });
  syncs.push(sync);
  return { sync, heard, client };
}

/** The numbers of events from the first to this one. */
export const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** The pages that were asked for. */
export const pages = () => server.asked.filter(({ what }) => what === "events");

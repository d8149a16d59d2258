import { createCalls } from "../calls/calls.ts";
import type { LiveWorkoutContext } from "../context.ts";
import type { LiveWorkoutSupabase } from "../database.ts";
import { LiveWorkoutError } from "../errors.ts";
import { syncSession } from "../sync/sync-session.ts";
import { undisturbed } from "../sync/undisturbed.ts";
import type { SessionSync } from "../sync/interface.ts";
import type { LiveSessionEvent } from "../types.ts";
import { CALLED_OFF, persist } from "./persist.ts";

/** What a subscription needs: a client of supabase-js, or one made of it. */
export type SubscriptionClient =
  | LiveWorkoutSupabase
  | Pick<LiveWorkoutContext, "supabase" | "sessions">;

export interface SubscriptionOptions {
  /** After which event; what has not happened yet unless given, everything for 0. */
  readonly after?: number;
  /** Told once when nothing more comes, with the reason; not when it was ended on purpose. */
  readonly onClosed?: (reason: LiveWorkoutError) => void;
}

/**
 * Calls back for every event of a session, each once and in order, whatever happens to the network;
 * for people in it. The function returned ends it.
 */
export function subscribeToLiveSession(
  client: SubscriptionClient,
  sessionId: string,
  callback: (event: LiveSessionEvent) => void,
  options: SubscriptionOptions = {},
): () => void {
  const { supabase, sessions } = "sessions" in client
    ? client
    : { supabase: client, ...createCalls(client) };
  const abort = new AbortController();
  const { signal } = abort;
  let sync: SessionSync | null = null;
  const closed = (reason: LiveWorkoutError) => {
    if (signal.aborted) return;
    abort.abort();
    undisturbed(() => options.onClosed?.(reason));
  };
  const begin = async () => {
    const after = options.after ??
      await persist(async () => (await sessions.snapshot(sessionId, { signal })).lastSeq, signal);
    if (after === CALLED_OFF || signal.aborted) return;
    sync = syncSession({
      supabase,
      calls: sessions,
      sessionId,
      after,
      listener: {
        events: (events) => {
          for (const event of events) if (!signal.aborted) undisturbed(() => callback(event));
        },
        closed: (reason) => reason && closed(reason),
        snapshot: () => {},
        connection: () => {},
        clock: () => {},
      },
    });
  };
  begin().catch((error) => {
    if (error instanceof LiveWorkoutError) closed(error);
    else throw error;
  });
  return () => {
    abort.abort();
    void sync?.close();
  };
}

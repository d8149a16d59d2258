import type { RealtimeClient } from "@supabase/supabase-js";
import { LiveWorkoutError } from "../errors.ts";
import type { SessionSync, SyncCalls, SyncListener } from "./interface.ts";
import { SessionFollowing } from "./session-following.ts";

export interface SyncOptions {
  /** The client whose socket is used; what else it does on that is left alone. */
  readonly supabase: { readonly realtime: RealtimeClient };
  readonly calls: SyncCalls;
  readonly sessionId: string;
  readonly listener: SyncListener;
  /** The number of the last event that was had before, e.g. from storage; 0 unless given. */
  readonly after?: number | undefined;
  /** How often to ask whether the last event was lost, in ms, about; 30 s unless given. */
  readonly tailCheckMs?: number | undefined;
  /** How many events to ask for at once, at most 500, which is the default. */
  readonly pageSize?: number | undefined;
}

/**
 * Follows a session: the present, then every event of it in order, each once, whatever happens to
 * the network. The listener is not called before this returns.
 *
 * @throws LiveWorkoutError `invalid_request` for options that make no sense
 */
export function syncSession(options: SyncOptions): SessionSync {
  const { after = 0, tailCheckMs = 30_000, pageSize = 500 } = options;
  demand(Number.isSafeInteger(after) && after >= 0, "after is the number of an event, 0 for none.");
  demand(tailCheckMs >= 100 && tailCheckMs < 2 ** 31, "tailCheckMs is a time of at least 100 ms.");
  demand(
    Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= 500,
    "pageSize lies between 1 and 500.",
  );
  const following = new SessionFollowing({ ...options, after, tailCheckMs, pageSize });
  return {
    get lastSeq() {
      return following.lastSeq;
    },
    wake: () => following.wake(),
    check: () => following.check(),
    refresh: () => following.refresh(),
    serverNow: () => following.serverNow(),
    close: () => following.close(null),
  };
}

function demand(condition: boolean, detail: string): void {
  if (!condition) throw new LiveWorkoutError({ code: "invalid_request", detail, status: 0 });
}

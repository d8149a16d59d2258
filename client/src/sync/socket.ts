import type { RealtimeClient } from "@supabase/supabase-js";
import { pause, within } from "./pause.ts";

// What concerns the one socket of a client, whichever channels are on it. Many channels may ask for
// the same at one time (after a drop they all do); it is then done once for all.

const TOKEN_MS = 10_000;
const ANSWER_MS = 5_000;
const LOOK_MS = 100;
/**
 * How long a socket may take to open. By itself nothing ends one that nobody answers, as on a
 * network that was just left, and until it ends `connect` does nothing.
 */
const OPEN_MS = 10_000;
/** How long one call to connect holds for everybody who waits. */
const FIRST_NUDGE_MS = 1_000;
/** After the first: realtime-js tries by itself, in steps of up to 10 s. */
const NUDGE_MS = 10_000;

type Shared = WeakMap<RealtimeClient, Promise<void>>;

const hurrying: Shared = new WeakMap();
const renewing: Shared = new WeakMap();
const probing: Shared = new WeakMap();

function once(
  shared: Shared,
  realtime: RealtimeClient,
  work: () => Promise<void>,
): Promise<void> {
  const underWay = shared.get(realtime);
  if (underWay) return underWay;
  const started = work().finally(() => shared.delete(realtime));
  shared.set(realtime, started);
  return started;
}

const nudgedAt = new WeakMap<RealtimeClient, number>();

/**
 * Resolves when the socket is open, or nobody wants it any more. Joining before that would leave a
 * join in the client's buffer with each attempt, all to be sent at once when the network is back.
 *
 * @throws Error if sockets cannot be had here at all
 */
export async function whenConnected(
  realtime: RealtimeClient,
  isWanted: () => boolean,
): Promise<void> {
  let hasNudged = false;
  let openingSince: number | null = null;
  while (!realtime.isConnected() && isWanted()) {
    const since = Math.abs(Date.now() - (nudgedAt.get(realtime) ?? Number.NEGATIVE_INFINITY));
    // While the old socket is closing, connecting does nothing, and does not say so.
    if (since >= (hasNudged ? NUDGE_MS : FIRST_NUDGE_MS) && !realtime.isDisconnecting()) {
      hasNudged = true;
      nudgedAt.set(realtime, Date.now());
      realtime.connect();
    }
    if (realtime.connectionState() !== "connecting") openingSince = null;
    else openingSince ??= Date.now();
    if (openingSince !== null && Math.abs(Date.now() - openingSince) >= OPEN_MS) {
      openingSince = null;
      await reopen(realtime);
    }
    await pause(LOOK_MS).over;
  }
}

/**
 * Opens the socket now if it is down, instead of when realtime-js would try next: after a drop that
 * is up to 10 s away, and `connect` alone does nothing until then.
 */
export function hurryConnection(realtime: RealtimeClient): Promise<void> {
  if (realtime.connectionState() !== "closed") return Promise.resolve();
  return reopen(realtime);
}

/** Gives up the socket as it is, and opens another one. */
function reopen(realtime: RealtimeClient): Promise<void> {
  return once(hurrying, realtime, async () => {
    await realtime.disconnect();
    if (realtime.connectionState() === "closed") realtime.connect();
  });
}

/**
 * Has the client fetch the present access token, so that a join is not refused for an old one.
 *
 * @throws Error if that takes too long
 */
export function renewToken(realtime: RealtimeClient): Promise<void> {
  return once(
    renewing,
    realtime,
    () => within(TOKEN_MS, "No access token came within 10 s.", realtime.setAuth()),
  );
}

/**
 * Finds out within 5 s whether the socket is alive, which by itself takes up to 50 s: one that is
 * not is closed, and every channel on it learns of it.
 */
export function probeSocket(realtime: RealtimeClient): Promise<void> {
  return once(probing, realtime, async () => {
    if (!realtime.isConnected()) return;
    if (realtime.pendingHeartbeatRef === null) await realtime.sendHeartbeat();
    const asked = realtime.pendingHeartbeatRef;
    if (asked === null) return;
    await pause(ANSWER_MS).over;
    // A second heartbeat while the first is unanswered is how realtime-js gives a socket up.
    if (realtime.pendingHeartbeatRef === asked) await realtime.sendHeartbeat();
  });
}

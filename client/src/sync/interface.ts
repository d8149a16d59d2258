import type { LiveWorkoutError } from "../errors.ts";
import type { EventPage, LiveSessionEvent, SessionSnapshot } from "../types.ts";

/**
 * How a sync stands with the server.
 *
 * - `connecting`: nothing has been read yet.
 * - `live`: the channel is joined, the log is whole up to the highest number known, and the last
 *   word from the server was good. After the session's end: the log is whole and stays so.
 * - `catching_up`: events are known to exist, or may exist, that have not been read yet.
 * - `offline`: the socket is down or requests fail; attempts go on by themselves.
 * - `closed`: over; nothing more comes.
 */
export type Connection = "connecting" | "live" | "catching_up" | "offline" | "closed";

/** How far the log is, in event numbers: `have` of the `of` that are known to exist. */
export interface CatchUpProgress {
  readonly have: number;
  readonly of: number;
}

/** What a sync tells. Nothing is called any more after `closed`. What a method raises is reported
 * to the host and does not disturb the sync. */
export interface SyncListener {
  /**
   * The present as of `snapshot.lastSeq`. Comes before any event, and again whenever the present
   * had to be read anew. `lastSeq` may be ahead of the log, whose events then follow, or a little
   * behind it.
   */
  snapshot(snapshot: SessionSnapshot): void;
  /**
   * The log: always the next ones, ascending by seq, contiguous with those given before, each
   * exactly once, from `after + 1` on.
   */
  events(events: readonly LiveSessionEvent[]): void;
  /** Whenever either of them changed. Progress is given while catching up, otherwise null. */
  connection(connection: Connection, progress: CatchUpProgress | null): void;
  /** What the server's clock says beyond that of this device, in ms, whenever it is better known. */
  clock(offsetMs: number): void;
  /**
   * It is over for this person, exactly once: removed, blocked, session gone (the error says why),
   * or `close()` was called (null).
   */
  closed(reason: LiveWorkoutError | null): void;
}

/** A session that is being followed. */
export interface SessionSync {
  /** The highest number that was handed to the listener; `after` before the first. */
  readonly lastSeq: number;
  /** Looks after everything now: the application came to the foreground, the network is back. */
  wake(): void;
  /**
   * Asks the server whether the log is whole. Resolves when the question was answered, and what was
   * missing has been handed on; or when asking failed (see `connection`); never rejects.
   */
  check(): Promise<void>;
  /**
   * Reads the present anew: the listener gets a snapshot. Resolves and fails as `check` does. To be
   * used when events alone do not tell how things stand.
   */
  refresh(): Promise<void>;
  /** The server's time, in ms since the epoch: that of the device, corrected. */
  serverNow(): number;
  /** Stops and leaves nothing running: no timer, no channel, no request that matters. */
  close(): Promise<void>;
}

/** How calls are told to give up. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** The two questions that a sync asks the server; they raise `LiveWorkoutError`. */
export interface SyncCalls {
  snapshot(sessionId: string, options?: CallOptions): Promise<SessionSnapshot>;
  events(
    sessionId: string,
    query: { readonly after: number; readonly limit: number },
    options?: CallOptions,
  ): Promise<EventPage>;
}

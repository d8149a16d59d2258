import type { LiveWorkoutError } from "../errors.ts";
import type { OutboxEntry } from "../outbox/types.ts";
import type { CatchUpProgress, Connection } from "../sync/interface.ts";
import type { LiveSession, LiveSessionEvent, LiveSessionParticipant } from "../types.ts";
import { type Focus, NO_FOCUS, type ReadyCheck } from "./focus.ts";
import { NO_SETS, type SetLog } from "./sets.ts";

/**
 * All that a screen needs to know of a session. Immutable: what has not changed stays the same
 * object. Screens mostly read it through the selectors.
 */
export interface RoomState {
  /** The person for whom this is. */
  readonly me: string;
  readonly connection: Connection;
  /** How far the log is, while it is catching up. */
  readonly catchUp: CatchUpProgress | null;
  /** Null until the first snapshot has come. */
  readonly session: LiveSession | null;
  /** Everybody who is or was in it, in the order in which their stays began. */
  readonly participants: readonly LiveSessionParticipant[];
  /** The ready check that is running, if one is. */
  readonly readyCheck: ReadyCheck | null;
  /** How the group came to its present exercise, as far as it is known. */
  readonly step: Focus["step"];
  /** The log, contiguous by seq, from the first event that the server still has. */
  readonly events: readonly LiveSessionEvent[];
  /** What the log says of sets. */
  readonly sets: SetLog;
  /** What was made here for this session and is not known to be in the log yet. */
  readonly outbox: readonly OutboxEntry[];
  /** What the server's clock says beyond that of this device, in ms. */
  readonly clockOffsetMs: number;
  /** Up to which event the person has read; null until it is known where they began. */
  readonly readUpToSeq: number | null;
  /** Why it is over, if it was not closed on purpose: see `connection`. */
  readonly closedReason: LiveWorkoutError | null;

  /** Up to which event the present (session, participants, readyCheck, step) is told. */
  readonly presentSeq: number;
  /** The present cannot be told from events any more; a fresh snapshot settles it. */
  readonly needsSnapshot: boolean;
  /** What the log alone says of the group's attention; it may be behind the present. */
  readonly focusOfLog: Focus;
  /** Ids of one's own messages and reactions that are in the log. */
  readonly mySent: ReadonlySet<string>;
}

/** A room of which nothing is known yet. */
export function emptyRoom(me: string): RoomState {
  return {
    me,
    connection: "connecting",
    catchUp: null,
    session: null,
    participants: [],
    readyCheck: null,
    step: null,
    events: [],
    sets: NO_SETS,
    outbox: [],
    clockOffsetMs: 0,
    readUpToSeq: null,
    closedReason: null,
    presentSeq: 0,
    needsSnapshot: false,
    focusOfLog: NO_FOCUS,
    mySent: new Set(),
  };
}

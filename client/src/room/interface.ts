import type { StoreApi } from "zustand/vanilla";
import type { RoomState } from "../store/state.ts";
import type { SyncOptions } from "../sync/sync-session.ts";
import type { NewReaction, NewSet, ParticipantStatus, SetChange } from "../types.ts";

/** How a room is opened. */
export interface RoomOptions {
  /** Up to which event the person has read, if the application remembers it. */
  readonly readUpToSeq?: number;
  /** How often a sign of life is given, in ms; once a minute, which is what the server expects. */
  readonly heartbeatMs?: number;
  /** How the session is followed. */
  readonly sync?: Pick<SyncOptions, "tailCheckMs" | "pageSize">;
}

/** A session as one screen has it open. */
export interface Room {
  readonly sessionId: string;
  /** Everything to show; made for `useStore` of zustand and anything like it. */
  readonly store: StoreApi<RoomState>;
  /**
   * Resolves when there is something to show. Rejects with a LiveWorkoutError if the room is over
   * before that; without a network neither happens, and one can log sets all the same.
   */
  readonly ready: Promise<void>;
  /** Logs a set, now or when there is a network again; its id. */
  logSet(set: NewSet): string;
  amendSet(setId: string, change: SetChange): void;
  removeSet(setId: string): void;
  /** Cheers somebody on; the id of the reaction. */
  react(reaction: NewReaction): string;
  /** Says something to everybody; the id of the message. */
  say(message: string): string;
  /** Sends again what was refused. */
  retry(entryId: string): void;
  /** Gives up what was refused. */
  dismiss(entryId: string): void;
  /**
   * Says what one is doing. Not kept for later: what one was doing is of no interest.
   *
   * @throws LiveWorkoutError if it could not be said
   */
  setStatus(status: ParticipantStatus, exerciseId?: string | null): Promise<void>;
  /** Everything in the feed has been read. */
  markRead(): void;
  /** The server's time, in ms since the epoch, for clocks that everybody sees alike. */
  serverNow(): number;
  /** The application came to the foreground; browsers tell by themselves. */
  wake(): void;
  /** Lets go of everything; resolves when nothing is left running. Again it changes nothing. */
  close(): Promise<void>;
}

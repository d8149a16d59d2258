import type { LoggedSets, NewReaction, NewSet, QueuedSet, SetChange } from "../types.ts";

/**
 * Where an outbox is kept: what `localStorage` and React Native's AsyncStorage have in common.
 * Every person has keys of their own in it.
 */
export interface OutboxStorage {
  getItem(key: string): Promise<string | null> | string | null;
  setItem(key: string, value: string): Promise<void> | void;
  removeItem(key: string): Promise<void> | void;
}

/**
 * What becomes of an entry: `waiting` for its turn, or for a moment at which sending it makes
 * sense; `sending` while a call is under way; `delivered` once the server has it, until its event
 * has been seen; `refused` when no further attempt can change the answer.
 */
export type OutboxState = "waiting" | "sending" | "delivered" | "refused";

/** What an entry does. A set has its id and its time from the moment it was made. */
export type OutboxWork =
  | { readonly kind: "set"; readonly set: QueuedSet }
  | { readonly kind: "set_change"; readonly setId: string; readonly change: SetChange }
  | { readonly kind: "set_removal"; readonly setId: string }
  | { readonly kind: "reaction"; readonly reaction: NewReaction }
  | { readonly kind: "message"; readonly message: string };

/** What every entry has, whatever it does. */
export interface OutboxEntryHead {
  /** The id of the set, the reaction or the message on the server; of a change, its own. */
  readonly id: string;
  readonly sessionId: string;
  /** When it was made, in epoch milliseconds on the server's clock as far as it was known. */
  readonly madeAt: number;
  readonly state: OutboxState;
  /** How often it was sent. 0: the server cannot know of it. */
  readonly attempts: number;
  /** While waiting: not sent before this moment (epoch milliseconds, server's clock). */
  readonly retryAt?: number;
  /** Why it was refused; of a waiting entry, why the last attempt failed. */
  readonly error?: { readonly code: string; readonly detail: string };
}

/** Something that was made here. Immutable: a change makes a new object. */
export type OutboxEntry = OutboxEntryHead & OutboxWork;

/** The entries of one kind: `OutboxEntryOf<"set">`. */
export type OutboxEntryOf<Kind extends OutboxWork["kind"]> = Extract<OutboxEntry, { kind: Kind }>;

/** What is handed to the outbox; id and time are given to it unless it brings its own. */
export type NewOutboxEntry =
  & { readonly sessionId: string; readonly id?: string; readonly madeAt?: number }
  & (
    | { readonly kind: "set"; readonly set: NewSet }
    | Exclude<OutboxWork, { kind: "set" }>
  );

/**
 * How entries reach the server: what the outbox needs of the client's calls. Everything rejects
 * with a LiveWorkoutError; changing a set that is not there with `not_found`.
 */
export interface OutboxDelivery {
  readonly sets: {
    logAll(sessionId: string, sets: readonly QueuedSet[]): Promise<LoggedSets>;
    amend(setId: string, change: SetChange): Promise<unknown>;
    remove(setId: string): Promise<unknown>;
  };
  readonly talk: {
    say(sessionId: string, text: string, options: { readonly id: string }): Promise<unknown>;
    react(
      sessionId: string,
      reaction: NewReaction,
      options: { readonly id: string },
    ): Promise<unknown>;
  };
}

/** What was made on this device and is not known to be in the log yet. */
export interface Outbox {
  /**
   * The entries in the order they were made, of one session or of all. The same array until
   * something in it changes.
   */
  entries(sessionId?: string): readonly OutboxEntry[];
  /**
   * Takes something to send and returns its id. With a storage that writes at once, such as
   * localStorage, it is kept when this returns; with others, when `saved()` resolves.
   *
   * Removing a set that was never sent just takes it out of here, and changing one changes it here:
   * then there is no entry with the id that is returned. A change of a refused set puts it right and
   * sends it again. An id that is here already changes nothing.
   */
  add(entry: NewOutboxEntry): string;
  /** Its event was seen in the log: the entry has done its work. Unknown ids are passed over. */
  confirm(id: string): void;
  /** Gives an entry up, mostly a refused one. What has reached the server stays there. */
  dismiss(id: string): void;
  /** Sends a refused entry again, and a waiting one now, unless the server named a later time. */
  retry(id: string): void;
  /** Calls the listener after every change; the function returned ends it. */
  subscribe(listener: () => void): () => void;
  /** Tries everything now; resolves when all is sent, refused or has to wait again. */
  flush(): Promise<void>;
  /** The network is back, the app is in the foreground, or somebody has signed in again. */
  wake(): void;
  /** Resolves when everything so far is in the storage, or the storage has failed. */
  saved(): Promise<void>;
  /** Resolves when nothing waits and nothing is being sent, or the outbox is closed. */
  whenIdle(): Promise<void>;
  /** Sends nothing more. Resolves when what is under way is over, after a few seconds at most. */
  close(): Promise<void>;
}

/** What an outbox is made of. */
export interface OutboxOptions {
  readonly userId: string;
  readonly deliver: OutboxDelivery;
  /**
   * Who is signed in at this moment, if the application can tell. While that is somebody else or
   * nobody, nothing is sent: it would be sent in another person's name.
   */
  readonly signedInAs?: () => Promise<string | null> | string | null;
  /** localStorage where there is one, else the memory, unless given. */
  readonly storage?: OutboxStorage;
  /** Epoch milliseconds, on the server's clock as far as it is known. Date.now unless given. */
  readonly now?: () => number;
  /** Told when the storage fails; sending goes on from the memory. */
  readonly onStorageError?: (error: unknown) => void;
  /** How long entries stay that were delivered and not confirmed, in ms; 60 s. */
  readonly confirmWithinMs?: number;
  /** After how long a call counts as unanswered, in ms; 30 s. */
  readonly callTimeoutMs?: number;
  /** The first wait after a failure, which doubles each time, and the longest, in ms. */
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number };
  /** Between 0 and 1. Math.random unless given. */
  readonly random?: () => number;
  /** Timers of the platform unless given. */
  readonly timers?: OutboxTimers;
}

/** What setTimeout and clearTimeout do. */
export interface OutboxTimers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

import type { EventOf, LiveSessionEvent } from "../types.ts";

/** A set as the log tells it: logged, perhaps amended, perhaps removed. */
export interface LoggedSet {
  readonly setId: string;
  readonly userId: string;
  readonly exerciseId: string;
  readonly exerciseName: string;
  readonly setType: EventOf<"set_completed">["data"]["setType"];
  readonly weightKg: number;
  readonly reps: number;
  /** The estimated one-repetition maximum. */
  readonly e1rmKg?: number;
  readonly isPR: boolean;
  readonly intensityScore?: number;
  /** The event that brought it; ms since the epoch on the server's clock. */
  readonly seq: number;
  readonly loggedAt: number;
  /** When it was amended last, or its record came or went. */
  readonly amendedAt?: number;
  /** When its owner removed it; it counts for nothing any more. */
  readonly removedAt?: number;
}

/** One person's sets by id, in the order in which they reached the log. */
export type SetsOfPerson = ReadonlyMap<string, LoggedSet>;

/**
 * Everybody's sets, by person and by id. In two levels, because a change then copies one person's
 * sets and not those of the whole session.
 */
export type SetLog = ReadonlyMap<string, SetsOfPerson>;

export const NO_SETS: SetLog = new Map();

/** What is known of a set before an event is applied. */
export interface SetLookup {
  find(userId: string, setId: string): LoggedSet | undefined;
}

type SetData = EventOf<"set_completed">["data"] | EventOf<"set_updated">["data"];

function described(event: LiveSessionEvent, data: SetData) {
  return {
    setId: data.setId,
    userId: event.userId,
    exerciseId: data.exerciseId,
    exerciseName: data.exerciseName,
    setType: data.setType,
    weightKg: data.weightKg,
    reps: data.reps,
    isPR: data.isPR === true,
    ...(data.e1rmKg === undefined ? {} : { e1rmKg: data.e1rmKg }),
    ...(data.intensityScore === undefined ? {} : { intensityScore: data.intensityScore }),
  };
}

/**
 * Sets that a batch of events changes: the log it came from stays as it is, and what the batch
 * touches is copied once, however many events there are.
 */
export class SetLogDraft implements SetLookup {
  private log: SetLog;
  private everybody: Map<string, SetsOfPerson> | null = null;
  private readonly copied = new Map<string, Map<string, LoggedSet>>();

  constructor(log: SetLog) {
    this.log = log;
  }

  find(userId: string, setId: string): LoggedSet | undefined {
    return this.log.get(userId)?.get(setId);
  }

  apply(event: LiveSessionEvent): void {
    switch (event.type) {
      case "set_completed":
        this.put({
          ...described(event, event.data),
          seq: event.seq,
          loggedAt: event.timestamp,
        });
        break;
      case "set_updated": {
        const before = this.find(event.userId, event.data.setId);
        this.put({
          ...described(event, event.data),
          // Of a set whose beginning the server has dropped, this is the first that is known.
          seq: before?.seq ?? event.seq,
          loggedAt: before?.loggedAt ?? event.timestamp,
          amendedAt: event.timestamp,
        });
        break;
      }
      case "set_removed":
        this.amend(event, { removedAt: event.timestamp });
        break;
      case "pr_revoked":
        this.amend(event, { isPR: false, amendedAt: event.timestamp });
        break;
    }
  }

  /** The log with everything that was applied; the same object if nothing was. */
  finish(): SetLog {
    return this.log;
  }

  private amend(event: EventOf<"set_removed" | "pr_revoked">, change: Partial<LoggedSet>): void {
    const before = this.find(event.userId, event.data.setId);
    if (before !== undefined) this.put({ ...before, ...change });
  }

  private put(set: LoggedSet): void {
    this.everybody ??= new Map(this.log);
    let own = this.copied.get(set.userId);
    if (own === undefined) {
      own = new Map(this.log.get(set.userId));
      this.copied.set(set.userId, own);
      this.everybody.set(set.userId, own);
    }
    own.set(set.setId, set);
    this.log = this.everybody;
  }
}

/** The sets as a run of events from the beginning of the log leaves them. */
export function setsOf(events: readonly LiveSessionEvent[]): SetLogDraft {
  const draft = new SetLogDraft(NO_SETS);
  for (const event of events) draft.apply(event);
  return draft;
}

import type { LiveWorkoutError } from "../../../client/src/errors.ts";
import type {
  CatchUpProgress,
  Connection,
  SyncListener,
} from "../../../client/src/sync/interface.ts";
import type { LiveSessionEvent, SessionSnapshot } from "../../../client/src/types.ts";

/** Notes down what a sync tells, and which of its promises it breaks. */
export class Recorder implements SyncListener {
  readonly snapshots: SessionSnapshot[] = [];
  readonly log: LiveSessionEvent[] = [];
  readonly connections: Connection[] = [];
  readonly progress: CatchUpProgress[] = [];
  readonly offsets: number[] = [];
  readonly reasons: (LiveWorkoutError | null)[] = [];
  /** What should not have been; to be expected empty. */
  readonly broken: string[] = [];

  constructor(readonly after = 0) {}

  get seqs(): number[] {
    return this.log.map(({ seq }) => seq);
  }

  get last(): number {
    return this.log.at(-1)?.seq ?? this.after;
  }

  get standing(): Connection | undefined {
    return this.connections.at(-1);
  }

  get isLive(): boolean {
    return this.standing === "live";
  }

  snapshot(snapshot: SessionSnapshot): void {
    this.#mustBeOpen("snapshot");
    this.snapshots.push(snapshot);
  }

  events(events: readonly LiveSessionEvent[]): void {
    this.#mustBeOpen("events");
    if (this.snapshots.length === 0) this.broken.push("events before the first snapshot");
    if (events.length === 0) this.broken.push("no events at all");
    for (const event of events) {
      if (event.seq !== this.last + 1) this.broken.push(`${event.seq} after ${this.last}`);
      this.log.push(event);
    }
  }

  connection(connection: Connection, progress: CatchUpProgress | null): void {
    this.#mustBeOpen("connection");
    if ((connection === "catching_up") !== (progress !== null)) {
      this.broken.push(`progress ${progress?.have} while ${connection}`);
    }
    if (this.standing !== connection) this.connections.push(connection);
    if (progress) this.progress.push(progress);
  }

  clock(offsetMs: number): void {
    this.#mustBeOpen("clock");
    this.offsets.push(offsetMs);
  }

  closed(reason: LiveWorkoutError | null): void {
    this.#mustBeOpen("closed");
    this.reasons.push(reason);
  }

  #mustBeOpen(what: string): void {
    if (this.reasons.length > 0) this.broken.push(`${what} after closed`);
  }
}

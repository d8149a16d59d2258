import { withDeadline } from "../calls/deadline.ts";
import { LiveWorkoutError } from "../errors.ts";
import type { EventPage, LiveSessionEvent, SessionSnapshot } from "../types.ts";
import { createBackoff } from "./backoff.ts";
import type { ServerClock } from "./clock.ts";
import type { EventLog } from "./event-log.ts";
import type { SyncCalls } from "./interface.ts";
import { type Pause, pause } from "./pause.ts";

/** What a reader tells while it reads; none of it may raise. */
export interface ReaderListener {
  snapshot(snapshot: SessionSnapshot, asked: Mark): void;
  /** A page was read; `events` are the next ones of the log, `page` is what the server said. */
  page(page: EventPage, events: readonly LiveSessionEvent[], asked: Mark): void;
  /** Everything that existed when the last page was asked for has been read. */
  whole(asked: Mark): void;
  /** Asking failed; it is tried again. */
  failed(error: LiveWorkoutError): void;
  /** The server says no, and will go on to say so. Nothing is read any more. */
  over(error: LiveWorkoutError): void;
  /** The estimate of the server's clock changed. */
  clock(): void;
}

/** What was so when a page was asked for: opaque to the reader. */
export type Mark = number;

export interface ReaderOptions {
  readonly calls: SyncCalls;
  readonly sessionId: string;
  readonly log: EventLog<LiveSessionEvent>;
  readonly clock: ServerClock;
  readonly pageSize: number;
  /** Taken anew for each page. */
  readonly mark: () => Mark;
  /** After the first snapshot, before the first page: what happened until then is in the pages. */
  readonly beforePages: () => Promise<void>;
  readonly listener: ReaderListener;
}

const DEADLINE_MS = 20_000;
/** Pages in a row that bring nothing although something is missing. */
const MOST_IN_VAIN = 3;

/** Reads the snapshot and the log over HTTP: one request at a time, again when it was asked to. */
export class SessionReader {
  readonly #options: ReaderOptions;
  readonly #backoff = createBackoff();
  readonly #abort = new AbortController();
  #needsSnapshot = true;
  #hasSnapshot = false;
  #isWanted = false;
  #isRunning = false;
  #isClosed = false;
  #rest: Pause | null = null;
  #waiting: (() => void)[] = [];

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** Whether the present was read: events before that are nobody's business. */
  get hasSnapshot(): boolean {
    return this.#hasSnapshot;
  }

  /**
   * Reads what there is. Resolves when a reading that began later than this call has ended, well
   * or not.
   */
  request(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#isWanted = true;
    const ended = new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!this.#isRunning) void this.#run();
    return ended;
  }

  /** Has the next reading read the present anew as well. */
  doubtPresent(): void {
    this.#needsSnapshot = true;
  }

  /** Does not wait any longer before trying again. */
  hurry(): void {
    this.#backoff.reset();
    this.#rest?.cut();
  }

  close(): void {
    this.#isClosed = true;
    this.#abort.abort();
    this.#rest?.cut();
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWanted && !this.#isClosed) {
      const waiting: (() => void)[] = [];
      let waitMs = 0;
      try {
        await this.#read(waiting);
        this.#backoff.reset();
      } catch (error) {
        waitMs = this.#explain(error);
      }
      for (const resolve of waiting) resolve();
      if (waitMs === 0 || this.#isClosed) continue;
      this.#isWanted = true;
      this.#rest = pause(waitMs);
      await this.#rest.over;
      this.#rest = null;
    }
    this.#isRunning = false;
  }

  /** Tells of a failure. Returns how long to wait before the next attempt, in ms. */
  #explain(raised: unknown): number {
    if (this.#isClosed) return 0;
    const { listener } = this.#options;
    const error = raised instanceof LiveWorkoutError ? raised : new LiveWorkoutError({
      code: "network_error",
      detail: "The server could not be reached.",
      status: 0,
    }, { cause: raised });
    // Who is signed out may sign in again; the token is not the session's affair.
    if (error.isRetryable || error.code === "unauthenticated") {
      listener.failed(error);
      return Math.max(this.#backoff.next(), error.retryAfterMs ?? 0);
    }
    this.close();
    listener.over(error);
    return 0;
  }

  /** @param waiting where to put those whom this reading answers */
  async #read(waiting: (() => void)[]): Promise<void> {
    const { log, listener, mark } = this.#options;
    this.#answer(waiting);
    const isFirst = !this.#hasSnapshot;
    let isPresent = await this.#readSnapshot();
    if (isFirst && !this.#isClosed) await this.#options.beforePages();
    let inVain = 0;
    while (!this.#isClosed) {
      this.#answer(waiting);
      if (await this.#readSnapshot()) isPresent = true;
      if (this.#isClosed) return;
      const asked = mark();
      const [after, knownWhenAsked] = [log.last, log.known];
      const page = await this.#ask((signal) =>
        this.#options.calls.events(
          this.#options.sessionId,
          { after, limit: this.#options.pageSize },
          { signal },
        )
      );
      if (this.#isClosed) return;
      const { events, hasMore } = page;
      const run = log.fill({ after, events, hasMore, knownWhenAsked });
      listener.page(page, run, asked);
      if (this.#isClosed) return;
      if (!hasMore && log.isWhole) return listener.whole(asked);
      inVain = log.last > after ? 0 : inVain + 1;
      if (inVain >= MOST_IN_VAIN) throw missing(log.last + 1);
      // Far behind: the present first, and then the long way to it.
      if (hasMore && !isPresent) this.#needsSnapshot = true;
      // The screen has something to draw between two pages.
      await pause(0).over;
    }
  }

  /** Whoever asked before now is answered by what is read next. */
  #answer(waiting: (() => void)[]): void {
    this.#isWanted = false;
    waiting.push(...this.#waiting.splice(0));
  }

  /** Returns whether the present was read. */
  async #readSnapshot(): Promise<boolean> {
    if (!this.#needsSnapshot) return false;
    this.#needsSnapshot = false;
    try {
      const { calls, sessionId, log, listener } = this.#options;
      const asked = this.#options.mark();
      const snapshot = await this.#ask((signal) => calls.snapshot(sessionId, { signal }));
      if (this.#isClosed) return true;
      this.#hasSnapshot = true;
      log.know(snapshot.lastSeq);
      listener.snapshot(snapshot, asked);
      return true;
    } catch (error) {
      this.#needsSnapshot = true;
      throw error;
    }
  }

  async #ask<Answer extends { readonly serverNow: number }>(
    call: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    const sentAt = Date.now();
    const answer = await withDeadline({
      signal: this.#abort.signal,
      timeoutMs: DEADLINE_MS,
    }, call);
    const sample = { sentAt, receivedAt: Date.now(), serverNow: answer.serverNow };
    if (!this.#isClosed && this.#options.clock.add(sample)) this.#options.listener.clock();
    return answer;
  }
}

function missing(seq: number): LiveWorkoutError {
  return new LiveWorkoutError({
    code: "unexpected_answer",
    detail: `The server does not hand out event ${seq}, though it exists.`,
    status: 200,
  });
}

import type { Backoff } from "./backoff.ts";
import type { Journal } from "./journal.ts";
import { Lane } from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import { isPending } from "./plan.ts";
import type { OutboxDelivery, OutboxEntry, OutboxTimers } from "./types.ts";

/** What sending is done with. */
export interface SendingOptions {
  readonly ledger: Ledger;
  readonly journal: Journal;
  readonly deliver: OutboxDelivery;
  readonly now: () => number;
  readonly random: () => number;
  readonly backoff: Backoff;
  readonly timers: OutboxTimers;
  /** After how long a call counts as unanswered, in ms. */
  readonly timeoutMs: number;
  /** What tabs of one browser agree about who sends by. */
  readonly lockName: string;
  /** Whether it is this person in whose name requests are made. */
  readonly isSignedIn: () => Promise<boolean>;
  /** Whether that can be told at all. */
  readonly knowsWhoIsSignedIn: boolean;
  /** To be called after every change of the ledger. */
  readonly changed: () => void;
}

/** What a lane needs to know beyond its session. */
export interface SenderContext extends SendingOptions {
  maySend(): boolean;
  /** Nothing is sent until somebody signs in. */
  hold(): void;
}

/** Sends the entries of all sessions, each session for itself. */
export class Sender {
  readonly #lanes = new Map<string, Lane>();
  readonly #context: SenderContext;
  #isHeld = false;
  #isClosed = false;

  constructor(private readonly options: SendingOptions) {
    this.#context = {
      ...options,
      // Not to know in whose name is reason enough not to send.
      isSignedIn: () => options.isSignedIn().catch(() => false),
      maySend: () => !this.#isHeld && !this.#isClosed,
      hold: () => this.#isHeld = true,
    };
  }

  /** Sends what is due; resolves when nothing more can be sent now. */
  async run(sessionId?: string): Promise<void> {
    if (this.#isClosed) return;
    const pending = this.options.ledger.entries(sessionId).filter(isPending);
    const sessions = new Set(pending.map((entry) => entry.sessionId));
    await Promise.all([...sessions].map((id) => this.#lane(id).run()));
  }

  /**
   * Like `run`, with new hope: waits that only guessed when an attempt may succeed are over, of all
   * sessions or of one. A moment that the server named is still waited for.
   */
  async tryNow(sessionId?: string): Promise<void> {
    this.#isHeld = false;
    const { ledger } = this.options;
    for (const entry of ledger.entries(sessionId)) {
      if (isGuess(entry)) {
        const { retryAt: _retryAt, ...rest } = entry;
        ledger.put(rest);
      }
      this.#lanes.get(entry.sessionId)?.encourage();
    }
    await this.run(sessionId);
  }

  /** Starts nothing more. Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#lanes.values()].map((lane) => lane.stop()));
  }

  #lane(sessionId: string): Lane {
    const lane = this.#lanes.get(sessionId) ?? new Lane(sessionId, this.#context);
    this.#lanes.set(sessionId, lane);
    return lane;
  }
}

function isGuess({ state, retryAt, error }: OutboxEntry): boolean {
  return state === "waiting" && retryAt !== undefined && error?.code !== "rate_limited";
}

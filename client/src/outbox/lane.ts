import { backoffMs } from "./backoff.ts";
import { type Delivered, deliverEntries } from "./delivery.ts";
import { exclusively } from "./locks.ts";
import type { Outcome } from "./outcomes.ts";
import { settleEntry } from "./settling.ts";
import { type Plan, planNext, SETS_IN_A_CALL } from "./plan.ts";
import type { SenderContext } from "./sender.ts";
import type { OutboxEntry } from "./types.ts";

/** A call that failed because it was too much for the connection is not made smaller than this. */
const FEWEST_ON_A_BAD_LINE = 25;

/**
 * The longest wait after the server did not know who is asking. The first is short: mostly a token
 * has expired on its way, and the next one is good.
 */
const SIGNED_OUT_MS = 5 * 60_000;

/** Sends the entries of one session, one call after the other. */
export class Lane {
  #running: Promise<void> | null = null;
  #again = false;
  #timer: unknown = null;
  #failures = 0;
  #strangers = 0;
  #limit = SETS_IN_A_CALL;

  constructor(
    private readonly sessionId: string,
    private readonly context: SenderContext,
  ) {}

  /** Sends what can be sent now; resolves when nothing more can. */
  run(): Promise<void> {
    this.#again = true;
    return this.#running ??= this.#run();
  }

  /** Forgets earlier failures: circumstances have changed. */
  encourage(): void {
    this.#failures = 0;
    this.#strangers = 0;
    this.#limit = SETS_IN_A_CALL;
  }

  /** Starts nothing more by itself. Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#clearTimer();
    await this.#running;
  }

  async #run(): Promise<void> {
    const name = `${this.context.lockName}.${this.sessionId}`;
    try {
      while (this.#again) {
        this.#again = false;
        this.#clearTimer();
        while (await exclusively(name, () => this.#step()));
      }
    } finally {
      // In the same breath as the last look at #again: nobody may rely on a run that is over.
      this.#running = null;
    }
  }

  /** Makes the next call, if there is one to make now. */
  async #step(): Promise<boolean> {
    const { ledger, journal, now } = this.context;
    // Another tab may have sent some of it.
    await journal.read();
    this.#reclaim();
    if (!this.context.maySend()) return false;
    const plan = this.#plan();
    if (plan.kind === "wait") this.#wakeAt(plan.until);
    if (plan.kind !== "send") return false;
    if (!await this.context.isSignedIn()) {
      this.#failures++;
      this.#wakeAt(now() + this.#backoffMs());
      return false;
    }
    const entries = this.#markAsSending();
    // Once it may have reached the server it must be known that it may have, come what may.
    await journal.saved();
    const sent = entries.filter((entry) => ledger.get(entry.id) === entry);
    if (sent.length === 0) return true;
    this.#settle(
      sent,
      await deliverEntries(this.context.deliver, this.sessionId, sent, this.context),
    );
    return true;
  }

  /** Whoever was sending did not live to see the answer: only one sends at a time. */
  #reclaim(): void {
    const { ledger } = this.context;
    const left = ledger.entries(this.sessionId).filter(({ state }) => state === "sending");
    if (left.length === 0) return;
    for (const entry of left) ledger.put({ ...entry, state: "waiting" });
    this.context.changed();
  }

  #plan(): Plan {
    const { ledger, now } = this.context;
    return planNext(ledger.entries(this.sessionId), now(), this.#limit);
  }

  /** Plans and marks in one breath: what is sent is what is there at this moment. */
  #markAsSending(): OutboxEntry[] {
    const { ledger } = this.context;
    const plan = this.#plan();
    if (plan.kind !== "send") return [];
    const marked = plan.entries.map((entry): OutboxEntry => {
      const { retryAt: _retryAt, error: _error, ...rest } = entry;
      return { ...rest, state: "sending", attempts: entry.attempts + 1 };
    });
    for (const entry of marked) ledger.put(entry);
    this.context.changed();
    return marked;
  }

  #settle(entries: readonly OutboxEntry[], { outcomes, failure }: Delivered): void {
    this.#adapt(entries.length, failure);
    this.#strangers = outcomes.some(({ kind }) => kind === "signed_out") ? this.#strangers + 1 : 0;
    for (const [index, { id }] of entries.entries()) {
      const outcome = outcomes[index];
      const entry = this.context.ledger.get(id);
      // Confirmed or given up while it was under way, or seen to its end by another tab.
      if (outcome === undefined || entry === null || entry.state === "delivered") continue;
      // One bad set must not condemn the others: they are asked about one by one.
      const isAlone = failure?.kind !== "refused" || entries.length === 1;
      const outlook = isAlone ? this.#outlook(outcome) : { kind: "ask_again" } as const;
      settleEntry(this.context, entry, outlook, this.#backoffMs());
    }
    this.context.changed();
  }

  /** What an outcome means for when to go on. */
  #outlook(outcome: Outcome): Outcome {
    if (outcome.kind !== "signed_out") return outcome;
    // A new session may come about without anybody telling. Where it can be told whose it is, it is
    // safe to try.
    if (this.context.knowsWhoIsSignedIn) {
      const { backoff, random } = this.context;
      const patience = { ...backoff, longestMs: SIGNED_OUT_MS };
      const afterMs = backoffMs(this.#strangers, patience, random);
      return { kind: "later", reason: outcome.reason, afterMs };
    }
    this.context.hold();
    return outcome;
  }

  #backoffMs(): number {
    return backoffMs(Math.max(1, this.#failures), this.context.backoff, this.context.random);
  }

  /** Smaller calls while large ones fail. */
  #adapt(size: number, failure: Outcome | null): void {
    const isPassing = failure?.kind === "later" && failure.reason.code !== "rate_limited";
    if (failure === null) {
      this.#failures = 0;
      this.#limit = Math.min(SETS_IN_A_CALL, this.#limit * 2);
    } else if (failure.kind === "refused") {
      this.#limit = 1;
    } else if (isPassing) {
      this.#failures++;
      const fewest = failure.reason.code === "network_error" ? FEWEST_ON_A_BAD_LINE : 1;
      if (size >= fewest) this.#limit = Math.max(fewest, Math.ceil(size / 2));
    }
  }

  #wakeAt(moment: number): void {
    const { timers, now } = this.context;
    this.#clearTimer();
    this.#timer = timers.set(() => void this.run(), Math.max(1, Math.ceil(moment - now())));
  }

  #clearTimer(): void {
    if (this.#timer !== null) this.context.timers.clear(this.#timer);
    this.#timer = null;
  }
}

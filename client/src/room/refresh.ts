import { createBackoff } from "../sync/backoff.ts";
import { type Pause, pause } from "../sync/pause.ts";

/** Everybody in a session comes to doubt at the same event: they must not ask at one moment. */
const SPREAD_MS = 1_500;

/** Has the present read again while it is in doubt, now and then. */
export class Refresh {
  readonly #isNeeded: () => boolean;
  readonly #read: () => Promise<void>;
  #isRunning = false;
  #isStopped = false;
  #rest: Pause | null = null;

  /** @param read has it read; it does not fail */
  constructor(isNeeded: () => boolean, read: () => Promise<void>) {
    this.#isNeeded = isNeeded;
    this.#read = read;
  }

  /** To be called whenever it may be needed. */
  look(): void {
    if (!this.#isRunning && !this.#isStopped && this.#isNeeded()) void this.#run();
  }

  stop(): void {
    this.#isStopped = true;
    this.#rest?.cut();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    const backoff = createBackoff({ firstMs: 1_000, maxMs: 30_000 });
    let waitMs = Math.random() * SPREAD_MS;
    while (!this.#isStopped && this.#isNeeded()) {
      this.#rest = pause(waitMs);
      await this.#rest.over;
      if (!this.#isStopped && this.#isNeeded()) await this.#read();
      waitMs = backoff.next();
    }
    this.#isRunning = false;
  }
}

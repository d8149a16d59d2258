const TICK_MS = 5_000;
const TICKS_KEPT = 12;
const FORGOTTEN_AFTER_MS = 5 * 60_000;

/**
 * How often something happens, measured as the platform does: counted in steps of five seconds,
 * of which the mean of the last twelve is what counts. So a short burst is let through, what is
 * under way now does not count yet, and after too much it takes a while until there is less.
 */
export class RateMeter {
  /** Counts of the steps that are over, the newest last; at the start there is an empty one. */
  #steps: number[] = [0];
  #current = 0;
  #stepEnds: number;

  /**
   * @param limit a second; Infinity for none
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(readonly limit: number, readonly now: () => number = () => performance.now()) {
    this.#stepEnds = now() + TICK_MS;
  }

  add(count = 1): void {
    this.#roll();
    this.#current += count;
  }

  /** A second. */
  get average(): number {
    this.#roll();
    const sum = this.#steps.reduce((total, count) => total + count, 0);
    return sum / this.#steps.length / (TICK_MS / 1_000);
  }

  get exceeded(): boolean {
    return this.average >= this.limit;
  }

  #roll(): void {
    const late = this.now() - this.#stepEnds;
    if (late < 0) return;
    if (late > FORGOTTEN_AFTER_MS) {
      this.#steps = [0];
      this.#current = 0;
      this.#stepEnds = this.now() + TICK_MS;
      return;
    }
    while (this.now() >= this.#stepEnds) {
      this.#steps = [...this.#steps, this.#current].slice(-TICKS_KEPT);
      this.#current = 0;
      this.#stepEnds += TICK_MS;
    }
  }
}

/** One answer of the server that told its time; all in ms since the epoch. */
export interface ClockSample {
  /** On the device's clock. */
  readonly sentAt: number;
  /** On the device's clock. */
  readonly receivedAt: number;
  /** On the server's clock, at some moment between the two. */
  readonly serverNow: number;
}

const MOST_SAMPLES = 24;
const OLDEST_MS = 5 * 60_000;
/** How far two clocks drift apart at most: 50 ms in 1,000 s. */
const DRIFT = 50e-6;
/** Both clocks count whole milliseconds. */
const ROUNDING_MS = 1;

/**
 * Estimates what the server's clock says beyond that of the device. An answer cannot have been made
 * before it was asked for, nor after it arrived: each sample is an interval in which the offset
 * lies, as wide as its round trip. The middle of what recent ones have in common is never further
 * off than half the best round trip, and closer once a quick way there and a quick way back were
 * seen, even if never together: delays on one side alone do not pull it away.
 */
export class ServerClock {
  #samples: ClockSample[] = [];
  #offset: number | null = null;
  #uncertainty = Number.POSITIVE_INFINITY;

  /** Server less device, in ms; null before the first sample. */
  get offset(): number | null {
    return this.#offset;
  }

  /** How far off the offset can be, in ms. */
  get uncertainty(): number {
    return this.#uncertainty;
  }

  /** Takes note of an answer. Returns whether the estimate changed. */
  add(sample: ClockSample): boolean {
    const before = this.#offset;
    if (sample.receivedAt < sample.sentAt) {
      // The device's clock was set back meanwhile: neither this nor what was before says anything.
      this.doubt();
      return false;
    }
    const now = sample.receivedAt;
    this.#samples = [sample, ...this.#samples]
      .filter((one) => one.receivedAt <= now && now - one.receivedAt <= OLDEST_MS)
      .slice(0, MOST_SAMPLES);
    this.#estimate(now);
    return this.#offset !== before;
  }

  /**
   * To be called when the device slept or its clock was set: the next sample counts alone. Until it
   * comes, the last estimate has to do.
   */
  doubt(): void {
    this.#samples = [];
  }

  #estimate(now: number): void {
    let lowest = Number.NEGATIVE_INFINITY;
    let highest = Number.POSITIVE_INFINITY;
    for (const [index, { sentAt, receivedAt, serverNow }] of this.#samples.entries()) {
      const slack = ROUNDING_MS + (now - receivedAt) * DRIFT;
      const low = Math.max(lowest, serverNow - receivedAt - slack);
      const high = Math.min(highest, serverNow - sentAt + slack);
      if (low > high) {
        // A clock was set between them: what is older than that is of no use.
        this.#samples.length = index;
        break;
      }
      [lowest, highest] = [low, high];
    }
    this.#offset = (lowest + highest) / 2;
    this.#uncertainty = (highest - lowest) / 2;
  }
}

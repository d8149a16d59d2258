/** How much later than an answer a broadcast may come. */
const DEAF_MS = 5_000;

/**
 * Notices when a channel that seems to be joined does not bring what happens: an answer told of an
 * event that had time to arrive and did not, nor did any later one.
 */
export class Hearing {
  #highest = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onDeaf called with the number of the event that did not arrive */
  constructor(readonly onDeaf: (seq: number) => void) {}

  /** Takes note of an event that the channel brought. */
  heard(seq: number): void {
    this.#highest = Math.max(this.#highest, seq);
  }

  /** Takes note of an event that the channel ought to bring, or have brought. */
  expect(seq: number): void {
    if (seq <= this.#highest || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#highest < seq) this.onDeaf(seq);
    }, DEAF_MS);
  }

  /** Expects nothing any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

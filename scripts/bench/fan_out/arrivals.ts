/** Waits until something that was sent has reached everyone. */
export class Arrivals {
  readonly #count: number;
  readonly #timeoutMs: number;
  readonly #waiting = new Map<string, { atMs: number[]; resolve: (atMs: number[]) => void }>();

  /**
   * @param count how many there are to reach
   * @param timeoutMs after how long one that has not been reached fails the measurement
   */
  constructor(count: number, timeoutMs = 15_000) {
    this.#count = count;
    this.#timeoutMs = timeoutMs;
  }

  /** Notes that the thing with this id has reached one more of them, on `performance.now()`. */
  readonly arrived = (id: string, atMs: number): void => {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    waiting.atMs.push(atMs);
    if (waiting.atMs.length === this.#count) waiting.resolve(waiting.atMs);
  };

  /**
   * Sends something and waits for it everywhere.
   *
   * @returns how long it took to each, in milliseconds, from before it was sent
   * @throws Error if it does not reach everyone in time, and what `send` throws
   */
  async after(id: string, send: () => Promise<void> | void): Promise<number[]> {
    const { promise, resolve, reject } = Promise.withResolvers<number[]>();
    this.#waiting.set(id, { atMs: [], resolve });
    const timer = setTimeout(() => {
      const reached = this.#waiting.get(id)?.atMs.length;
      reject(new Error(`Only ${reached} of ${this.#count} subscribers were reached in time.`));
    }, this.#timeoutMs);
    try {
      const startedAt = performance.now();
      const [atMs] = await Promise.all([promise, send()]);
      return atMs.map((at) => at - startedAt);
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(id);
    }
  }
}

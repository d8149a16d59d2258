/** Lets so many calls through in a window of time, which begins with the first of them. */
export class CallWindow {
  #calls = 0;
  #ends = -Infinity;

  constructor(
    readonly most: number,
    readonly windowMs: number,
    readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts a call; false when it is one too many. */
  take(): boolean {
    if (this.now() > this.#ends) {
      this.#ends = this.now() + this.windowMs;
      this.#calls = 0;
    }
    if (this.#calls >= this.most) return false;
    this.#calls++;
    return true;
  }
}

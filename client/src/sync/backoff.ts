/** How long to wait before trying again, growing from one failure to the next. */
export interface Backoff {
  /** How long to wait now, in ms. */
  next(): number;
  /** To be called after a success: the next wait is a short one again. */
  reset(): void;
}

export interface BackoffOptions {
  /** The longest that the first wait can be, in ms; 500 unless given. */
  readonly firstMs?: number;
  /** The longest that any wait can be, in ms; 10 s unless given. */
  readonly maxMs?: number;
  /** From 0 up to 1; `Math.random` unless given. */
  readonly random?: () => number;
}

/**
 * Doubles the wait with each failure, and takes a random part of its second half: thousands who lost
 * the same server must not all come back at one moment.
 */
export function createBackoff(options: BackoffOptions = {}): Backoff {
  const { firstMs = 500, maxMs = 10_000, random = Math.random } = options;
  let longest = firstMs;
  return {
    next() {
      const wait = longest * (0.5 + 0.5 * random());
      longest = Math.min(longest * 2, maxMs);
      return Math.min(wait, maxMs);
    },
    reset() {
      longest = firstMs;
    },
  };
}

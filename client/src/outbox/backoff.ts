/** How waits grow. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** A second, then twice as long each time, up to a minute. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 1_000, longestMs: 60_000 };

/**
 * How long to wait after so many failures in a row (1, 2 …), in ms: half of it by chance, so that
 * not everybody comes back at once.
 */
export function backoffMs(failures: number, backoff: Backoff, random: () => number): number {
  const whole = Math.min(backoff.longestMs, backoff.firstMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(whole / 2 + random() * whole / 2);
}

/** The value below which a share (0 to 1) of the values lies. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The middle of the values; between the two middle ones if there are two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Median and spread as a table shows them: `812 (790 – 840)`, the range of all values. */
export function spread(values: readonly number[], digits = 0): string {
  const show = (value: number) => value.toFixed(digits);
  return `${show(median(values))} (${show(Math.min(...values))} – ${show(Math.max(...values))})`;
}

/** Ratios of two ways that took turns: each round's own, so that what slowed a round slowed both. */
export function ratios(of: readonly number[], to: readonly number[]): number[] {
  return of.map((value, index) => value / to[index]!);
}

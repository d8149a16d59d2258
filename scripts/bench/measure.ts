/** Times of one way of doing something, in milliseconds, in order of size. */
export interface Sample {
  name: string;
  sorted: number[];
}

/**
 * Does the same thing in several ways, taking turns, so that whatever else the machine does meets
 * all of them alike.
 *
 * @param rounds how often each way is measured, after a tenth as many rounds to warm up
 */
export async function measure(
  rounds: number,
  ways: Record<string, () => Promise<unknown>>,
): Promise<Sample[]> {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const startedAt = performance.now();
      await way();
      if (round >= 0) times.get(name)!.push(performance.now() - startedAt);
    }
  }
  return [...times].map(([name, values]) => ({ name, sorted: values.sort((a, b) => a - b) }));
}

/** The value below which a share (0 to 1) of the times lies, in milliseconds. */
export function quantile({ sorted }: Sample, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The samples as lines of a table, each as a ratio to the first. */
export function table(samples: Sample[]): string[] {
  const base = samples[0];
  if (!base) return [];
  const width = Math.max(...samples.map(({ name }) => name.length));
  return samples.map((sample) =>
    [
      `  ${sample.name.padEnd(width)}`,
      `median ${quantile(sample, 0.5).toFixed(2).padStart(7)} ms`,
      `p95 ${quantile(sample, 0.95).toFixed(2).padStart(7)} ms`,
      `${(quantile(sample, 0.5) / quantile(base, 0.5)).toFixed(2).padStart(5)} ×`,
    ].join("  ")
  );
}

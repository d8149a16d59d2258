/** How many checks passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** The sum of several tallies. */
export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/** A headline above the output of one part. */
export function headline(text: string): void {
  console.log(`\n== ${text}`);
}

/** The line of one passed or failed check. */
export function checked(passed: boolean, text: string): Tally {
  console.log(`  ${passed ? "✓" : "✗"} ${text}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1 };
}

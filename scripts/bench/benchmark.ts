/** How a benchmark is run. */
export interface Settings {
  /** Only whether it still runs: few rounds, little data, no figures to rely on. */
  readonly short: boolean;
  /** Says how far it is, for whoever watches. */
  log(line: string): void;
}

/** A figure that has a limit to keep. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  readonly kind: "at least" | "at most";
}

/** What came out of one comparison: a table, and what it is held to. */
export interface Finding {
  readonly title: string;
  /** What was compared with what, and how, in a few sentences. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly goals?: readonly Goal[];
  /** What the figures say, where they need saying. */
  readonly notes?: readonly string[];
}

/** Something that is measured on its own. */
export interface Benchmark {
  readonly name: string;
  /** What it shows, in a line. */
  readonly title: string;
  /** Measures. @throws Error if something that it measures fails */
  run(settings: Settings): Promise<Finding[]>;
}

/** Whether a figure keeps its limit. */
export function isMet({ kind, measured, limit }: Goal): boolean {
  return kind === "at least" ? measured >= limit : measured <= limit;
}

import { type Pause, pause } from "../sync/pause.ts";

/** Work that is done again and again until it is stopped. */
export interface Repetition {
  /** Does it now, unless it is being done or was done a moment ago. */
  hurry(): void;
  stop(): void;
}

/** What was done less than this ago need not be hurried. */
const MOMENT_MS = 5_000;

/** Does something now and then every so many ms. What it raises ends nothing: the next time comes. */
export function repeat(everyMs: number, work: () => Promise<unknown>): Repetition {
  let isStopped = false;
  let rest: Pause | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;
  const run = async () => {
    while (!isStopped) {
      lastAt = Date.now();
      await work().catch(() => {/* The next time comes. */});
      if (isStopped) return;
      rest = pause(everyMs);
      await rest.over;
      rest = null;
    }
  };
  void run();
  return {
    hurry: () => {
      if (Math.abs(Date.now() - lastAt) > Math.min(MOMENT_MS, everyMs / 2)) rest?.cut();
    },
    stop: () => {
      isStopped = true;
      rest?.cut();
    },
  };
}

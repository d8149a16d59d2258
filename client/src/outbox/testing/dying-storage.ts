import type { OutboxStorage } from "../types.ts";

/** A process that ends at some step: from then on nothing it does has any effect. */
export class Mortal {
  #left = Infinity;

  /** Lets it end so many steps from now. */
  endAfter(steps: number): void {
    this.#left = Math.min(this.#left, steps);
  }

  /** Whether it has ended. */
  get isDead(): boolean {
    return this.#left <= 0;
  }

  /** Takes a step; whether it is the last one, in the middle of which the process ends. */
  step(): boolean {
    if (this.isDead) throw new Error("The process has ended.");
    this.#left--;
    return this.isDead;
  }

  /** Waits for ever once the process has ended. */
  async live(): Promise<void> {
    if (this.isDead) await new Promise<never>(() => {});
  }
}

/** How much of a write that is under way at the end is there afterwards. */
export type LastWrite = "nothing" | "half" | "all";

/**
 * What a process keeps on a disk that outlives it. With `later` every answer takes a moment, as
 * AsyncStorage's do.
 */
export function mortalStorage(
  disk: Map<string, string>,
  process: Mortal,
  options: { readonly later: boolean; readonly lastWrite: LastWrite },
): OutboxStorage {
  const act = <Result>(work: (isLast: boolean) => Result): Result => {
    const isLast = process.step();
    const result = work(isLast);
    if (isLast) throw new Error("The process ends.");
    return result;
  };
  const now: OutboxStorage = {
    getItem: (key) => act(() => disk.get(key) ?? null),
    setItem: (key, value) =>
      act((isLast) => {
        if (!isLast || options.lastWrite === "all") disk.set(key, value);
        else if (options.lastWrite === "half") disk.set(key, value.slice(0, value.length / 2));
      }),
    removeItem: (key) => act(() => void disk.delete(key)),
  };
  if (!options.later) return now;
  const soon = async <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    await process.live();
    await Promise.resolve();
    await process.live();
    return await work();
  };
  return {
    getItem: (key) => soon(() => now.getItem(key)),
    setItem: (key, value) => soon(() => now.setItem(key, value)),
    removeItem: (key) => soon(() => now.removeItem(key)),
  };
}

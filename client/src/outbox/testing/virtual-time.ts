import type { OutboxTimers } from "../types.ts";

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is told to go on. */
export class VirtualTime {
  /** Epoch milliseconds. */
  now = 1_795_420_800_000;
  readonly #pending = new Set<Timer>();

  readonly timers: OutboxTimers = {
    set: (callback, ms) => {
      const timer = { at: this.now + ms, callback };
      this.#pending.add(timer);
      return timer;
    },
    clear: (timer) => void this.#pending.delete(timer as Timer),
  };

  /** How many timers are set. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Forgets all timers: the process that set them is no more. */
  clear(): void {
    this.#pending.clear();
  }

  /** Lets time pass; what is due runs in order, and everything that follows from it. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (;;) {
      const next = [...this.#pending].sort((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > end) break;
      this.#pending.delete(next);
      this.now = Math.max(this.now, next.at);
      next.callback();
      await settle();
    }
    this.now = end;
  }
}

import { describeError } from "./errors.ts";
import { fail } from "./report.ts";

/**
 * The order in which the parts stop: what serves requests while what it needs still runs. Functions
 * finish what they have under way, and for that they call the gateway.
 */
const order = [
  "janitor",
  "realtime",
  "functions",
  "gateway",
  "api",
  "postgres",
  "state",
  "lock",
] as const;

/** A part of the stack that has to be stopped. */
export type Part = typeof order[number];

/** How long a part may take before the others are stopped without it. */
const patienceMilliseconds = 40_000;

/** What has to be stopped or undone at the end. */
export class Cleanup {
  readonly #tasks = new Map<Part, () => unknown>();
  #running: Promise<void> | undefined;

  /** Says how a part is stopped. */
  add(part: Part, stop: () => unknown): void {
    this.#tasks.set(part, stop);
  }

  /** Stops everything, once; a part that fails is reported and does not keep the others. */
  run(): Promise<void> {
    return this.#running ??= this.#stopAll();
  }

  async #stopAll(): Promise<void> {
    for (const part of order) {
      try {
        await withPatience(this.#tasks.get(part)?.());
      } catch (error) {
        fail(`Stopping ${part} failed: ${describeError(error)}`);
      }
    }
  }
}

async function withPatience(stopping: unknown): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("it takes too long")), patienceMilliseconds);
  });
  try {
    await Promise.race([stopping, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

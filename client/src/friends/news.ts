import type { WorkoutPresence } from "../types.ts";

/** What channels told, by the id of what it was about. */
export class News {
  readonly #recent = new Set<string>();
  readonly #last = new Map<string, number>();

  add(id: string, at: number): void {
    this.#recent.add(id);
    this.#last.set(id, at);
  }

  /** Whether something was heard of it since `clear`. */
  has(id: string): boolean {
    return this.#recent.has(id);
  }

  clear(): void {
    this.#recent.clear();
  }

  /** When it was last heard of, ms since the epoch; 0 for never. */
  lastOf(id: string): number {
    return this.#last.get(id) ?? 0;
  }
}

/** What a friend is told to do who does not train any more, or does not let it be seen. */
export function gone(presence: WorkoutPresence): WorkoutPresence {
  const { userId, displayName, avatarUrl, workoutStartedAt } = presence;
  return {
    userId,
    displayName,
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    workoutStartedAt,
    isInLiveSession: false,
    status: "finished",
  };
}

import { callFunction, type Person, signToken, type Stack } from "../../scripts/shared/people.ts";
import type { Random } from "./random.ts";

const exercises = ["bench-press", "back-squat", "deadlift"] as const;

/** What a coach did. */
export interface Coached {
  steps: number;
  /** How often somebody was sent away, which moves the session's channel to another topic. */
  removals: number;
}

/**
 * Whoever leads the session, with a network that never fails: moves the group on, lets it rest,
 * pauses it, renames the session, and sends people away. So that what everybody's store says about
 * the present has something to be wrong about.
 */
export class Coach {
  readonly #stack: Stack;
  readonly #me: Person;
  readonly #sessionId: string;
  readonly #bystanders: Person[];
  readonly #random: Random;
  readonly #coached: Coached = { steps: 0, removals: 0 };

  /** @param bystanders people in the session to be sent away, one after the other */
  constructor(
    stack: Stack,
    me: Person,
    sessionId: string,
    bystanders: readonly Person[],
    random: Random,
  ) {
    this.#stack = stack;
    this.#me = me;
    this.#sessionId = sessionId;
    this.#bystanders = [...bystanders];
    this.#random = random;
  }

  /** Leads for this long. Leaves nothing that goes on by itself, such as a rest. */
  async lead(forMs: number): Promise<Coached> {
    const endsAt = performance.now() + forMs;
    const removeEveryMs = forMs / (this.#bystanders.length + 1);
    let removeAt = performance.now() + removeEveryMs;
    while (performance.now() < endsAt) {
      if (this.#bystanders.length > 0 && performance.now() >= removeAt) {
        const bystander = this.#bystanders.pop()!;
        await this.#call("DELETE", `/sessions/${this.#sessionId}/participants/${bystander.id}`);
        this.#coached.removals++;
        removeAt += removeEveryMs;
      }
      await this.#step();
      const waitMs = Math.min(this.#random.between(500, 2_500), endsAt - performance.now());
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
    }
    const { isResting, isPaused } = await this.#look();
    if (isPaused) await this.#guide("resume");
    if (isResting) await this.#guide("rest/skip");
    return this.#coached;
  }

  async #step(): Promise<void> {
    const { isResting, isPaused, version } = await this.#look();
    const exerciseId = this.#random.pick(exercises);
    this.#coached.steps++;
    if (isPaused) return await this.#guide("resume");
    if (isResting) return await this.#guide("rest/skip");
    switch (this.#random.pick(["exercise", "rest", "pause", "ready", "name"] as const)) {
      case "exercise":
        return await this.#guide("exercise", { exerciseId, expectedVersion: version });
      case "rest":
        return await this.#guide("rest", { seconds: 60 });
      case "pause":
        return await this.#guide("pause");
      case "ready":
        return await this.#guide("ready", { isReady: this.#random.chance(0.5) });
      case "name":
        return await this.#call("PATCH", `/sessions/${this.#sessionId}`, {
          name: `Training ${this.#random.integer(1, 1_000)}`,
        });
    }
  }

  async #look(): Promise<{ isResting: boolean; isPaused: boolean; version: number }> {
    const token = await signToken(this.#stack, this.#me);
    const path = `/sessions/${this.#sessionId}`;
    const { session } = await callFunction(this.#stack, token, "GET", path) as {
      session: { restEndsAt?: number; pausedAt?: number; version: number };
    };
    return {
      isResting: session.restEndsAt !== undefined,
      isPaused: session.pausedAt !== undefined,
      version: session.version,
    };
  }

  async #guide(command: string, body?: unknown): Promise<void> {
    await this.#call("POST", `/guided/${this.#sessionId}/${command}`, body);
  }

  async #call(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<void> {
    await callFunction(this.#stack, await signToken(this.#stack, this.#me), method, path, body);
  }
}

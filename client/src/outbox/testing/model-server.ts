import { LiveWorkoutError, type LiveWorkoutErrorCode } from "../../errors.ts";
import type { LoggedSets, QueuedSet } from "../../types.ts";
import type { OutboxDelivery } from "../types.ts";

/** What becomes of a request. `late` ones arrive after the client has given them up. */
export type Fate =
  | "fine"
  | "request_lost"
  | "answer_lost"
  | "late"
  | "twice"
  | "gateway_fails"
  | "rate_limited"
  | "half_rate_limited"
  | "signed_out";

/** A refusal as the calls raise it. */
export function refusal(
  code: LiveWorkoutErrorCode,
  status: number,
  members: Record<string, unknown> = {},
): LiveWorkoutError {
  return new LiveWorkoutError({ code, status, detail: `It is ${code}.`, members });
}

/** What the server does with what an outbox sends, by the rules of its tables. */
export class ModelServer {
  readonly sets = new Map<string, QueuedSet>();
  readonly removed = new Set<string>();
  /** Everything that took effect, in the order it did: `session kind id`. */
  readonly effects: string[] = [];
  /** How many requests came. */
  requests = 0;
  readonly ended = new Set<string>();
  readonly #late: (() => void)[] = [];

  /** What becomes of the next requests; afterwards all goes well. */
  fates: Fate[] = [];

  /**
   * The calls of one client. `moment` comes before and after the effect of each request: moments at
   * which that client may end.
   */
  calls(moment: () => Promise<void> = () => Promise.resolve()): OutboxDelivery {
    const request = <Answer>(work: (fate: Fate) => Answer) => this.#request(work, moment);
    return {
      sets: {
        logAll: (sessionId, sets) => request((fate) => this.#log(sessionId, sets, fate)),
        amend: (setId, change) =>
          request((fate) => {
            // The outbox cannot help it if an old change overtakes a newer one on the way.
            if (fate === "late") return;
            const set = this.sets.get(setId);
            if (set === undefined) throw refusal("not_found", 404);
            this.sets.set(setId, { ...set, ...change });
          }),
        remove: (setId) =>
          request(() => {
            if (this.sets.delete(setId)) this.removed.add(setId);
          }),
      },
      talk: {
        react: (sessionId, _reaction, { id }) =>
          request(() => this.#append(sessionId, "reaction", id)),
        say: (sessionId, message, { id }) =>
          request(() => {
            if (message === "") throw refusal("invalid_request", 400);
            this.#append(sessionId, "message", id);
          }),
      },
    };
  }

  /** Lets the requests arrive that are still on their way. */
  deliverLate(): void {
    for (const arrive of this.#late.splice(0)) arrive();
  }

  async #request<Answer>(
    work: (fate: Fate) => Answer,
    moment: () => Promise<void>,
  ): Promise<Answer> {
    await moment();
    this.requests++;
    const fate = this.fates.shift() ?? "fine";
    switch (fate) {
      case "request_lost":
        throw refusal("network_error", 0);
      case "gateway_fails":
        throw refusal("unexpected_answer", 502);
      case "rate_limited":
        throw refusal("rate_limited", 429, { retryAfterSeconds: 7 });
      case "signed_out":
        throw refusal("unauthenticated", 401);
      case "late":
        this.#late.push(() => quietly(() => work(fate)));
        throw refusal("network_error", 0);
      case "twice":
        quietly(() => work(fate));
    }
    const answer = work(fate);
    await moment();
    if (fate === "answer_lost") throw refusal("network_error", 0);
    return answer;
  }

  #log(sessionId: string, sets: readonly QueuedSet[], fate: Fate): LoggedSets {
    const accepted = fate === "half_rate_limited" ? Math.floor(sets.length / 2) : Infinity;
    const results = sets.map((set, index) => {
      if (this.sets.has(set.id) || this.removed.has(set.id)) {
        return { id: set.id, outcome: "duplicate" };
      }
      if (this.ended.has(sessionId)) {
        return { id: set.id, outcome: "session_ended", detail: "Over." };
      }
      if (set.reps > 1000) return { id: set.id, outcome: "invalid_request", detail: "Too many." };
      if (index >= accepted) return { id: set.id, outcome: "rate_limited", retryAfterSeconds: 7 };
      this.sets.set(set.id, set);
      this.effects.push(`${sessionId} set ${set.id}`);
      return { id: set.id, outcome: "stored" };
    });
    return { results, serverNow: 0 };
  }

  #append(sessionId: string, kind: string, id: string): void {
    const effect = `${sessionId} ${kind} ${id}`;
    if (this.effects.includes(effect)) return;
    if (this.ended.has(sessionId)) throw refusal("session_ended", 409);
    this.effects.push(effect);
  }
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nobody is there to be told.
  }
}

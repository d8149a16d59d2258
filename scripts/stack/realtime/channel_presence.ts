import { isObject, type JsonObject } from "./json.ts";
import { CallWindow } from "./limits/call_window.ts";
import { jsonBytes } from "./limits/payload_size.ts";
import { TOO_MANY_PRESENCE_MESSAGES } from "./limits/usage.ts";
import type { TopicName } from "./registry.ts";
import type { Services } from "./services.ts";

/** How a call is answered, or why it ends the channel. */
export type PresenceOutcome =
  | { readonly status: "ok" | "error"; readonly response: JsonObject }
  | { readonly shutDown: string };

const DONE: PresenceOutcome = { status: "ok", response: {} };
const REFUSED: PresenceOutcome = { status: "error", response: {} };

/** The presence that one channel shows to the others. */
export class ChannelPresence {
  readonly #calls: CallWindow;
  #shown = false;

  constructor(
    readonly services: Services,
    readonly topic: TopicName,
    /** Stands for the channel; what is tracked, is tracked for it. */
    readonly channel: object,
    readonly key: string,
  ) {
    const { most, windowMs } = services.usage.limits.presenceCalls;
    this.#calls = new CallWindow(most, windowMs);
  }

  /** True once something was tracked. */
  get shown(): boolean {
    return this.#shown;
  }

  /** Handles a `presence` event. `mayWrite` is asked when it matters. */
  async handle(message: JsonObject, mayWrite: () => Promise<boolean>): Promise<PresenceOutcome> {
    const event = typeof message.event === "string" ? message.event.toLowerCase() : null;
    if (event === null) return DONE;
    if (!this.#calls.take()) return { shutDown: "Client presence rate limit exceeded" };
    if (event === "track") {
      return await mayWrite() ? this.#track(message.payload ?? {}) : REFUSED;
    }
    if (event !== "untrack") return REFUSED;
    this.services.presence.untrack(this.topic, this.channel);
    return DONE;
  }

  #track(payload: unknown): PresenceOutcome {
    if (!isObject(payload)) {
      return {
        status: "error",
        response: { reason: "Presence track payload must be a map" },
      };
    }
    const { presence, usage } = this.services;
    if (presence.shows(this.topic, this.channel, payload)) return DONE;
    if (jsonBytes(payload) > usage.limits.payloadBytes) {
      return { shutDown: "Track message size exceeded" };
    }
    if (usage.presence.exceeded) return { shutDown: TOO_MANY_PRESENCE_MESSAGES };
    usage.presence.add();
    this.#shown = true;
    presence.track(this.topic, this.channel, this.key, payload);
    return DONE;
  }
}

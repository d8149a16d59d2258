import { Refusal } from "../refusal.ts";
import type { Limits } from "./plans.ts";
import { RateMeter } from "./rate_meter.ts";

/** What is told to channels that end because of too many messages. */
export const TOO_MANY_MESSAGES = "Too many messages per second";
/** What is told to channels that end because everybody together uses presence too much. */
export const TOO_MANY_PRESENCE_MESSAGES = "Too many presence messages per second";

/** What one server's clients use of its limits, and what they are refused because of them. */
export class Usage {
  readonly messages: RateMeter;
  readonly presence: RateMeter;
  /** Changes of tables, each counted once for every subscription that gets it. */
  readonly changes: RateMeter;
  readonly #joins: RateMeter;
  /** Those that have joined something, or are about to. */
  readonly #connections = new Set<object>();

  constructor(readonly limits: Limits) {
    this.messages = new RateMeter(limits.messagesPerSecond);
    this.presence = new RateMeter(limits.presenceMessagesPerSecond);
    this.changes = new RateMeter(limits.messagesPerSecond);
    this.#joins = new RateMeter(limits.joinsPerSecond);
  }

  /** Why nobody may connect at the moment, or null. */
  get refusalToConnect(): string | null {
    if (this.#connections.size >= this.limits.connections) return "Too many connected users";
    if (this.#joins.exceeded) return "Too many joins per second";
    return null;
  }

  /**
   * Counts a join, and the connection from its first one on. Raises Refusal, and TooManyJoins if
   * the connection has to end for it.
   *
   * @param channels those that the connection has, without this one
   */
  join(connection: object, channels: number): void {
    if (!this.#connections.has(connection) && this.#connections.size >= this.limits.connections) {
      throw new Refusal("ConnectionRateLimitReached", "Too many connected users");
    }
    if (this.#joins.exceeded) throw new TooManyJoins();
    this.#joins.add();
    if (channels >= this.limits.channelsPerConnection) {
      throw new Refusal("ChannelRateLimitReached", "Too many channels");
    }
    this.#connections.add(connection);
  }

  /** A connection is gone, or was refused the only channel that it wanted. */
  disconnected(connection: object): void {
    this.#connections.delete(connection);
  }
}

/** Too many joins on the whole server: the answer is followed by the end of the connection. */
export class TooManyJoins extends Refusal {
  constructor() {
    super("ClientJoinRateLimitReached", "Too many joins per second");
  }
}

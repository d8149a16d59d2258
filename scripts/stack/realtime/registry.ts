import { encodeBroadcast } from "./frames.ts";
import type { ObjectBroadcast, ProtocolVersion, UserBroadcast } from "./protocol.ts";

/** A public and a private channel of one name have nothing to do with each other. */
export interface TopicName {
  /** Without the `realtime:` prefix. */
  readonly name: string;
  readonly private: boolean;
}

/** A broadcast that is encoded at most once for each version, however many receive it. */
export class Broadcast {
  readonly #frames = new Map<ProtocolVersion, string | Uint8Array | null>();

  constructor(readonly topic: TopicName, readonly message: UserBroadcast | ObjectBroadcast) {}

  /** The id that a message from the database has. */
  get id(): unknown {
    return this.message.encoding === "object" ? undefined : this.message.meta?.id;
  }

  /** The frame for a version, or null when that version cannot carry the message. */
  frame(version: ProtocolVersion): string | Uint8Array | null {
    let frame = this.#frames.get(version);
    if (frame === undefined) {
      frame = encodeBroadcast(version, fullTopic(this.topic.name), this.message);
      this.#frames.set(version, frame);
    }
    return frame;
  }
}

/** What has joined a topic. */
export interface Subscriber {
  receiveBroadcast(broadcast: Broadcast): void;
  receivePresenceDiff(diff: PresenceDiff): void;
}

export type PresenceMeta = Readonly<Record<string, unknown>> & { readonly phx_ref: string };
export type PresenceState = Record<string, { metas: PresenceMeta[] }>;
export interface PresenceDiff {
  readonly joins: PresenceState;
  readonly leaves: PresenceState;
}

/** Who has joined which topic, and the way to reach all of them. */
export class TopicRegistry {
  readonly #subscribers = new Map<string, Set<Subscriber>>();

  add(topic: TopicName, subscriber: Subscriber): void {
    const key = topicKey(topic);
    const subscribers = this.#subscribers.get(key);
    if (subscribers) subscribers.add(subscriber);
    else this.#subscribers.set(key, new Set([subscriber]));
  }

  remove(topic: TopicName, subscriber: Subscriber): void {
    const key = topicKey(topic);
    const subscribers = this.#subscribers.get(key);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#subscribers.delete(key);
  }

  /** Hands a message to everyone on its topic but `except`, at once and in the order of calls. */
  broadcast(
    topic: TopicName,
    message: UserBroadcast | ObjectBroadcast,
    except?: Subscriber,
  ): void {
    const broadcast = new Broadcast(topic, message);
    for (const subscriber of this.#on(topic)) {
      if (subscriber !== except) subscriber.receiveBroadcast(broadcast);
    }
  }

  /** Tells everyone on a topic who came and went. */
  presenceDiff(topic: TopicName, diff: PresenceDiff): void {
    for (const subscriber of this.#on(topic)) subscriber.receivePresenceDiff(diff);
  }

  /** A copy: whoever receives may leave in the midst of it. */
  #on(topic: TopicName): Subscriber[] {
    return [...this.#subscribers.get(topicKey(topic)) ?? []];
  }
}

/** One string for a topic, different for the public and the private one of a name. */
export function topicKey(topic: TopicName): string {
  return `${topic.private ? "private" : "public"}:${topic.name}`;
}

/** The topic as clients write it. */
export function fullTopic(name: string): string {
  return `realtime:${name}`;
}

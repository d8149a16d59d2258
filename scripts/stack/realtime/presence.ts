import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "./json.ts";
import {
  type PresenceMeta,
  type PresenceState,
  topicKey,
  type TopicName,
  type TopicRegistry,
} from "./registry.ts";

interface Entry {
  readonly key: string;
  readonly payload: JsonObject;
  readonly meta: PresenceMeta;
}

/** Who is present on which topic. A channel is present at most once, under its own key. */
export class PresenceTracker {
  /** By topic, then by the channel that tracks. */
  readonly #topics = new Map<string, Map<object, Entry>>();

  constructor(readonly registry: TopicRegistry) {}

  /** Everybody present, as `presence_state` says it. */
  state(topic: TopicName): PresenceState {
    const metas = new Map<string, PresenceMeta[]>();
    for (const { key, meta } of this.#topics.get(topicKey(topic))?.values() ?? []) {
      metas.set(key, [...metas.get(key) ?? [], meta]);
    }
    // Not by assignment: clients choose the keys, and `__proto__` is one they may choose.
    return Object.fromEntries([...metas].map(([key, ofKey]) => [key, { metas: ofKey }]));
  }

  /** Whether a channel shows exactly this payload already. */
  shows(topic: TopicName, channel: object, payload: JsonObject): boolean {
    const entry = this.#topics.get(topicKey(topic))?.get(channel);
    return entry !== undefined && isDeepStrictEqual(entry.payload, payload);
  }

  /** Shows a channel's payload, and tells the topic. The same payload again changes nothing. */
  track(topic: TopicName, channel: object, key: string, payload: JsonObject): void {
    const entries = this.#entries(topic);
    const old = entries.get(channel);
    if (old && isDeepStrictEqual(old.payload, payload)) return;
    const phx_ref = randomBytes(9).toString("base64url");
    const meta: PresenceMeta = old
      ? { ...payload, phx_ref, phx_ref_prev: old.meta.phx_ref }
      : { ...payload, phx_ref };
    entries.set(channel, { key, payload, meta });
    this.registry.presenceDiff(topic, {
      joins: single(key, meta),
      leaves: old ? single(key, old.meta) : {},
    });
  }

  /** Takes a channel out, and tells the topic if it was in. */
  untrack(topic: TopicName, channel: object): void {
    const entries = this.#entries(topic);
    const entry = entries.get(channel);
    entries.delete(channel);
    if (entries.size === 0) this.#topics.delete(topicKey(topic));
    if (!entry) return;
    this.registry.presenceDiff(topic, { joins: {}, leaves: single(entry.key, entry.meta) });
  }

  #entries(topic: TopicName): Map<object, Entry> {
    const key = topicKey(topic);
    let entries = this.#topics.get(key);
    if (!entries) {
      entries = new Map();
      this.#topics.set(key, entries);
    }
    return entries;
  }
}

function single(key: string, meta: PresenceMeta): PresenceState {
  return { [key]: { metas: [meta] } };
}

import { type Admission, admit } from "./admission.ts";
import { ChannelChanges } from "./changes/channel_changes.ts";
import { ChannelPresence } from "./channel_presence.ts";
import { atExpiry } from "./expiry.ts";
import { encodeBroadcast, encodeEvent, encodeFrame } from "./frames.ts";
import type { JsonObject } from "./json.ts";
import { expiredMessage, isApiKey } from "./keys.ts";
import type { JoinConfig } from "./join_config.ts";
import { broadcastBytes } from "./limits/payload_size.ts";
import { TOO_MANY_MESSAGES, TOO_MANY_PRESENCE_MESSAGES } from "./limits/usage.ts";
import type { Link } from "./link.ts";
import type { ClientFrame, Ref, UserBroadcast } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import {
  type Broadcast,
  fullTopic,
  type PresenceDiff,
  type Subscriber,
  type TopicName,
} from "./registry.ts";
import { WriteAccess } from "./write_access.ts";

/** A topic that one connection has joined. */
export class Channel implements Subscriber {
  readonly topic: TopicName;
  readonly #config: JoinConfig;
  readonly #link: Link;
  #admission: Admission;
  readonly #write: WriteAccess;
  readonly #presence: ChannelPresence;
  readonly #changes: ChannelChanges;
  #cancelExpiry = () => {};
  #open = true;

  constructor(
    link: Link,
    readonly joinRef: Ref,
    name: string,
    config: JoinConfig,
    admission: Admission,
    /** Ids of messages that the client got by replay and must not get again. */
    readonly replayed: ReadonlySet<unknown>,
  ) {
    this.topic = { name, private: config.private };
    this.#link = link;
    this.#config = config;
    this.#admission = admission;
    const { services, caller } = link;
    this.#write = new WriteAccess(services, caller, this.topic);
    this.#presence = new ChannelPresence(services, this.topic, this, config.presenceKey);
    this.#changes = new ChannelChanges(services.changes, config.postgresChanges, {
      getClaims: () => this.#admission.claims,
      report: (status, message) => this.#system("postgres_changes", status, message),
      sendChange: (payload) => this.#sendChange(payload),
    });
    services.registry.add(this.topic, this);
    this.#watchExpiry();
  }

  /** Answers one frame that arrived for this channel. Raises nothing but defects. */
  async handle(frame: ClientFrame): Promise<void> {
    if (frame.event === "broadcast") return await this.#broadcast(frame);
    if (frame.binary) return;
    switch (frame.event) {
      case "phx_leave":
        this.reply(frame.ref, "ok", {});
        return this.close();
      case "access_token":
        return await this.#newToken(frame.payload.access_token);
      case "presence":
        return await this.#handlePresence(frame.ref, frame.payload);
    }
    // Anything else is no event of Realtime; the platform does not answer it either.
    this.#link.services.usage.messages.add();
  }

  reply(ref: Ref, status: "ok" | "error", response: JsonObject | string): void {
    this.#push("phx_reply", { status, response }, ref);
  }

  /** Everyone present, for a client that asked for presence and may see it. */
  sendPresenceState(): void {
    if (!this.#config.presenceEnabled || !this.#admission.read.presence) return;
    const { usage } = this.#link.services;
    if (usage.presence.exceeded) return this.#shutDown(TOO_MANY_PRESENCE_MESSAGES);
    usage.presence.add();
    this.#push("presence_state", this.#link.services.presence.state(this.topic));
  }

  /** Subscribes to the changes that were asked for; the client is told when they come. */
  startChanges(): void {
    if (!this.#open || this.#config.postgresChanges.length === 0) return;
    if (this.#config.waitForChanges) this.#changes.subscribe();
    else this.#beginChanges();
  }

  /** A message of the past. */
  sendReplayed(message: UserBroadcast): void {
    const { encoding, event, body, meta } = message;
    if (encoding === "json") {
      const payload: unknown = JSON.parse(new TextDecoder().decode(body));
      return this.#push("broadcast", { type: "broadcast", event, payload, meta });
    }
    const frame = encodeBroadcast(this.#link.version, fullTopic(this.topic.name), message);
    if (frame !== null) this.#link.send(frame);
  }

  receiveBroadcast(broadcast: Broadcast): void {
    if (!this.#admission.read.broadcast) return;
    if (broadcast.id !== undefined && this.replayed.has(broadcast.id)) return;
    const { usage } = this.#link.services;
    usage.messages.add();
    const frame = broadcast.frame(this.#link.version);
    if (frame !== null) this.#link.send(frame);
    if (usage.messages.exceeded) this.#shutDown(TOO_MANY_MESSAGES);
  }

  receivePresenceDiff(diff: PresenceDiff): void {
    if (!this.#admission.read.presence) return;
    const wanted = !this.topic.private || this.#config.presenceEnabled || this.#presence.shown;
    if (!wanted) return;
    this.#link.services.usage.presence.add();
    this.#send(null, null, "presence_diff", { ...diff });
  }

  /** Ends the channel and tells the client. */
  close(): void {
    if (!this.#open) return;
    this.#push("phx_close", {}, this.joinRef);
    this.dispose();
  }

  /** Ends the channel because of a defect; clients join again by themselves. */
  crash(): void {
    if (!this.#open) return;
    this.#push("phx_error", {}, this.joinRef);
    this.dispose();
  }

  /** Ends the channel of a connection that is gone. */
  dispose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#cancelExpiry();
    this.#changes.stop();
    const { registry, presence } = this.#link.services;
    registry.remove(this.topic, this);
    this.#link.forget(this);
    presence.untrack(this.topic, this);
  }

  #shutDown(message: string): void {
    this.#system("system", "error", message);
    this.close();
  }

  #system(extension: string, status: "ok" | "error", message: string): void {
    this.#push("system", { extension, status, message, channel: this.topic.name });
  }

  #sendChange(payload: string): void {
    if (!this.#open) return;
    const topic = fullTopic(this.topic.name);
    this.#link.send(encodeEvent(this.#link.version, topic, "postgres_changes", payload));
  }

  #beginChanges(): void {
    this.#changes.begin().catch((error: unknown) => {
      const reason = error instanceof Error ? error.stack ?? error.message : String(error);
      this.#link.services.log(`a defect while subscribing to changes: ${reason}`);
      this.crash();
    });
  }

  #watchExpiry(): void {
    this.#cancelExpiry();
    const { exp } = this.#admission.claims;
    // In turn with the frames: a new token that has arrived already is looked at first.
    this.#cancelExpiry = atExpiry(exp, () =>
      this.#link.enqueue(this, () => {
        const now = this.#admission.claims.exp;
        if (now !== undefined && now <= Date.now() / 1000) this.#shutDown(expiredMessage(now));
        return Promise.resolve();
      }));
  }

  async #newToken(token: unknown): Promise<void> {
    if (typeof token !== "string" || isApiKey(token) || token === this.#admission.token) return;
    const before = this.#admission.read;
    let admission: Admission;
    try {
      admission = await admit(this.#link.services, this.#link.caller, this.topic, token);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#shutDown(error.message);
    }
    // The socket may have closed in the meantime.
    if (!this.#open) return;
    const { read } = admission;
    if ((before.broadcast && !read.broadcast) || (before.presence && !read.presence)) {
      return this.#shutDown(
        `You no longer have permission to read from this Channel topic: ${this.topic.name}`,
      );
    }
    this.#admission = admission;
    this.#write.forget();
    this.#watchExpiry();
    this.#beginChanges();
  }

  async #broadcast(frame: ClientFrame): Promise<void> {
    // Whoever may not write is not told, as on the platform.
    if (!(await this.#mayWrite("broadcast"))) return;
    const message = frame.binary
      // The sender's metadata speaks to the server and not to the others.
      ? { ...frame.payload, meta: undefined }
      : { encoding: "object" as const, payload: frame.payload };
    const { registry, usage } = this.#link.services;
    usage.messages.add();
    const isTooLarge = broadcastBytes(message) > usage.limits.payloadBytes;
    if (!isTooLarge) {
      registry.broadcast(this.topic, message, this.#config.selfBroadcast ? undefined : this);
    }
    if (!this.#config.ackBroadcast) return;
    if (isTooLarge) this.reply(frame.ref, "error", "payload_size_exceeded");
    else this.reply(frame.ref, "ok", {});
  }

  async #handlePresence(ref: Ref, message: JsonObject): Promise<void> {
    const outcome = await this.#presence.handle(message, () => this.#mayWrite("presence"));
    if ("shutDown" in outcome) this.#shutDown(outcome.shutDown);
    else this.reply(ref, outcome.status, outcome.response);
  }

  async #mayWrite(extension: "broadcast" | "presence"): Promise<boolean> {
    const allowed = await this.#write.allows(extension, this.#admission.claims);
    // The socket may have closed while the database was thinking.
    return allowed && this.#open;
  }

  #push(event: string, payload: JsonObject, ref: Ref = null): void {
    this.#send(this.joinRef, ref, event, payload);
  }

  #send(joinRef: Ref, ref: Ref, event: string, payload: JsonObject): void {
    if (!this.#open) return;
    const topic = fullTopic(this.topic.name);
    this.#link.send(encodeFrame(this.#link.version, { joinRef, ref, topic, event, payload }));
  }
}

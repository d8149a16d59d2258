import { type Admission, admit, type Caller } from "./admission.ts";
import { type Permissions, writePermissions } from "./authorization.ts";
import { DatabaseUnavailable } from "./database.ts";
import { atExpiry } from "./expiry.ts";
import { encodeBroadcast, encodeFrame } from "./frames.ts";
import { isObject, type JsonObject } from "./json.ts";
import { expiredMessage, isApiKey } from "./keys.ts";
import type { JoinConfig } from "./join_config.ts";
import type { ClientFrame, ProtocolVersion, Ref, UserBroadcast } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import {
  type Broadcast,
  fullTopic,
  type PresenceDiff,
  type Subscriber,
  type TopicName,
} from "./registry.ts";
import type { Services } from "./services.ts";

/** What a channel needs of the connection that it belongs to. */
export interface Link {
  readonly version: ProtocolVersion;
  readonly caller: Caller;
  readonly services: Services;
  send(data: string | Uint8Array): void;
  /** Runs `work` after everything that arrived for the topic before, unless the channel is gone. */
  enqueue(channel: Channel, work: () => Promise<void>): void;
  /** The channel is no longer there. */
  forget(channel: Channel): void;
}

/** A topic that one connection has joined. */
export class Channel implements Subscriber {
  readonly topic: TopicName;
  readonly #config: JoinConfig;
  readonly #link: Link;
  #admission: Admission;
  /** Asked for at the first message that is written, and again after a new token. */
  #write: Permissions | null = null;
  #presenceShown = false;
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
    link.services.registry.add(this.topic, this);
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
        return await this.#presence(frame.ref, frame.payload);
    }
    // Anything else is no event of Realtime; the platform does not answer it either.
  }

  reply(ref: Ref, status: "ok" | "error", response: JsonObject): void {
    this.#push("phx_reply", { status, response }, ref);
  }

  /** Everyone present, for a client that asked for presence and may see it. */
  sendPresenceState(): void {
    if (!this.#config.presenceEnabled || !this.#admission.read.presence) return;
    this.#push("presence_state", this.#link.services.presence.state(this.topic));
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
    const frame = broadcast.frame(this.#link.version);
    if (frame !== null) this.#link.send(frame);
  }

  receivePresenceDiff(diff: PresenceDiff): void {
    if (!this.#admission.read.presence) return;
    const wanted = !this.topic.private || this.#config.presenceEnabled || this.#presenceShown;
    if (wanted) this.#send(null, null, "presence_diff", { ...diff });
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
    const { registry, presence } = this.#link.services;
    registry.remove(this.topic, this);
    this.#link.forget(this);
    presence.untrack(this.topic, this);
  }

  #shutDown(message: string): void {
    this.#push("system", {
      extension: "system",
      status: "error",
      message,
      channel: this.topic.name,
    });
    this.close();
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
    this.#write = null;
    this.#watchExpiry();
  }

  async #broadcast(frame: ClientFrame): Promise<void> {
    // Whoever may not write is not told, as on the platform.
    if (!(await this.#mayWrite("broadcast"))) return;
    const message = frame.binary
      // The sender's metadata speaks to the server and not to the others.
      ? { ...frame.payload, meta: undefined }
      : { encoding: "object" as const, payload: frame.payload };
    const except = this.#config.selfBroadcast ? undefined : this;
    this.#link.services.registry.broadcast(this.topic, message, except);
    if (this.#config.ackBroadcast) this.reply(frame.ref, "ok", {});
  }

  async #presence(ref: Ref, message: JsonObject): Promise<void> {
    const event = typeof message.event === "string" ? message.event.toLowerCase() : null;
    if (event === "track") {
      if (!(await this.#mayWrite("presence"))) return this.reply(ref, "error", {});
      const payload = message.payload ?? {};
      if (!isObject(payload)) {
        return this.reply(ref, "error", { reason: "Presence track payload must be a map" });
      }
      this.#presenceShown = true;
      const { presence } = this.#link.services;
      presence.track(this.topic, this, this.#config.presenceKey, payload);
    } else if (event === "untrack") {
      this.#link.services.presence.untrack(this.topic, this);
    } else if (event !== null) {
      return this.reply(ref, "error", {});
    }
    this.reply(ref, "ok", {});
  }

  async #mayWrite(extension: keyof Permissions): Promise<boolean> {
    if (!this.topic.private) return true;
    const { caller, services } = this.#link;
    const context = {
      topic: this.topic.name,
      claims: this.#admission.claims,
      headers: caller.headers,
    };
    try {
      this.#write ??= await writePermissions(services.database, context, services.log);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return false;
      throw error;
    }
    // The socket may have closed while the database was thinking.
    return this.#open && this.#write[extension];
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

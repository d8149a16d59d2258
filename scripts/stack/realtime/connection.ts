import type { Caller } from "./admission.ts";
import type { Channel } from "./channel.ts";
import { decodeFrame, encodeFrame } from "./frames.ts";
import { openChannel, prepareJoin } from "./join.ts";
import type { JsonObject } from "./json.ts";
import type { Link } from "./link.ts";
import { TooManyJoins } from "./limits/usage.ts";
import { type ClientFrame, FrameError, type ProtocolVersion } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import { fullTopic } from "./registry.ts";
import type { Services } from "./services.ts";

const TOPIC_PREFIX = fullTopic("");
/** A client that does not read is let go before what waits for it fills the memory. */
const MOST_BYTES_WAITING = 16 * 1024 * 1024;
const TOO_SLOW = 4008;
const NORMAL = 1000;

/** One WebSocket and the channels on it. */
export class Connection implements Link {
  readonly #channels = new Map<string, Channel>();
  /** The end of the work on each topic: what arrives for a topic is handled in its order. */
  readonly #queues = new Map<string, Promise<void>>();
  /** Joins that are being decided. */
  #joining = 0;
  #open = true;

  constructor(
    readonly socket: WebSocket,
    readonly version: ProtocolVersion,
    readonly caller: Caller,
    readonly services: Services,
    onClosed: () => void,
  ) {
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = () => {
      this.#open = false;
      for (const channel of [...this.#channels.values()]) channel.dispose();
      services.usage.disconnected(this);
      onClosed();
    };
    // A close event follows, which does what there is to do.
    socket.onerror = () => {};
  }

  /** Closes the socket; clients connect again by themselves. */
  close(): void {
    this.socket.close(NORMAL, "the server stops");
  }

  send(data: string | Uint8Array): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > MOST_BYTES_WAITING) {
      this.services.log("a client that does not read what it is sent was disconnected");
      return this.socket.close(TOO_SLOW, "too slow");
    }
    this.socket.send(data);
  }

  enqueue(channel: Channel, work: () => Promise<void>): void {
    this.#inTurn(fullTopic(channel.topic.name), async () => {
      if (this.#channels.get(fullTopic(channel.topic.name)) === channel) await work();
    });
  }

  forget(channel: Channel): void {
    const topic = fullTopic(channel.topic.name);
    if (this.#channels.get(topic) === channel) this.#channels.delete(topic);
  }

  #receive(data: unknown): void {
    let frame: ClientFrame;
    try {
      frame = decodeFrame(this.version, data);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      // As on the platform: the frame is dropped, the connection stays.
      return this.services.log(`a malformed frame was dropped: ${error.message}`);
    }
    if (frame.topic === "phoenix" && frame.event === "heartbeat") {
      return this.#reply(frame, "ok", {});
    }
    this.#inTurn(frame.topic, () => this.#handle(frame));
  }

  #inTurn(topic: string, work: () => Promise<void>): void {
    const before = this.#queues.get(topic) ?? Promise.resolve();
    const turn = before.then(async () => {
      if (!this.#open) return;
      try {
        await work();
      } catch (error) {
        this.services.log(`a defect while handling ${topic}: ${describe(error)}`);
        this.#channels.get(topic)?.crash();
      }
    }).finally(() => {
      if (this.#queues.get(topic) === turn) this.#queues.delete(topic);
    });
    this.#queues.set(topic, turn);
  }

  async #handle(frame: ClientFrame): Promise<void> {
    if (frame.event === "phx_join" && !frame.binary) return await this.#join(frame, frame.payload);
    const channel = this.#channels.get(frame.topic);
    if (!channel) {
      if (frame.event === "phx_leave") return this.#reply(frame, "ok", {});
      return this.#reply(frame, "error", { reason: "unmatched topic" });
    }
    // What was sent to a channel that a later join has replaced is not for this one.
    const stale = frame.joinRef !== null && channel.joinRef !== null &&
      frame.joinRef !== channel.joinRef;
    if (!stale) await channel.handle(frame);
  }

  async #join(frame: ClientFrame, payload: JsonObject): Promise<void> {
    if (!frame.topic.startsWith(TOPIC_PREFIX)) {
      return this.#reply(frame, "error", { reason: "unmatched topic" });
    }
    this.#channels.get(frame.topic)?.close();
    const name = frame.topic.slice(TOPIC_PREFIX.length);
    const { usage } = this.services;
    // Counted before the first wait: those that come meanwhile have to know of it.
    const others = this.#channels.size + this.#joining++;
    try {
      if (name !== "") usage.join(this, others);
      const ticket = await prepareJoin(this, name, payload);
      if (!this.#open) return;
      const channel = openChannel(this, name, frame, ticket);
      this.#channels.set(frame.topic, channel);
    } catch (error) {
      const known = error instanceof Refusal;
      if (!known) this.services.log(`a defect while joining: ${describe(error)}`);
      const reason = known ? error.reason : "Unknown Error on Channel";
      this.#reply(frame, "error", { reason });
      if (this.#channels.size === 0 && this.#joining === 1) usage.disconnected(this);
      if (error instanceof TooManyJoins) this.socket.close(NORMAL, "too many joins");
    } finally {
      this.#joining--;
    }
  }

  #reply(frame: ClientFrame, status: "ok" | "error", response: JsonObject): void {
    const { joinRef, ref, topic } = frame;
    const payload = { status, response };
    this.send(encodeFrame(this.version, { joinRef, ref, topic, event: "phx_reply", payload }));
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

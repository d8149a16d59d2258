import WebSocket from "ws";
import { runningStack } from "../helpers/stack.ts";
import type { Endpoints } from "../setup/endpoints.ts";
import { until } from "./channels.ts";

/** A frame of either version; version 1 says nothing about `joinRef`. */
export interface Frame {
  readonly joinRef?: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: Record<string, unknown>;
}

/** A WebSocket that shows every frame as it came. */
export class RawSocket {
  readonly texts: string[] = [];
  readonly binaries: Uint8Array[] = [];
  closed = false;

  private constructor(readonly socket: WebSocket, readonly version: string) {
    socket.on("message", (data: Uint8Array, isBinary: boolean) => {
      if (isBinary) this.binaries.push(new Uint8Array(data));
      else this.texts.push(new TextDecoder().decode(data));
    });
    socket.on("close", () => {
      this.closed = true;
    });
  }

  /**
   * Connects with the publishable key. `version` "" asks for none. Raises when refused.
   *
   * @param options another stack than the run's, headers of one's own
   */
  static async open(
    version = "2.0.0",
    options: { endpoints?: Endpoints; headers?: Record<string, string> } = {},
  ): Promise<RawSocket> {
    const { endpoints = runningStack(), headers } = options;
    const url = socketUrl(endpoints.PUBLISHABLE_KEY, version, endpoints);
    const socket = new WebSocket(url, { headers });
    const raw = new RawSocket(socket, version);
    await new Promise((resolve, reject) => {
      socket.once("open", resolve);
      socket.once("error", reject);
    });
    return raw;
  }

  send(data: string | Uint8Array): void {
    this.socket.send(data);
  }

  /** Sends a frame in the version of this socket. */
  push(
    joinRef: string | null,
    ref: string | null,
    topic: string,
    event: string,
    payload: unknown,
  ): void {
    this.send(JSON.stringify(
      this.version === "2.0.0"
        ? [joinRef, ref, topic, event, payload]
        : { topic, event, payload, ref, join_ref: joinRef },
    ));
  }

  /** Joins as realtime-js does. */
  join(ref: string, topic: string, accessToken: string | null, config: object = {}): void {
    this.push(ref, ref, topic, "phx_join", {
      config: {
        broadcast: { ack: false, self: false },
        presence: { key: "", enabled: false },
        postgres_changes: [],
        private: false,
        ...config,
      },
      ...(accessToken === null ? {} : { access_token: accessToken }),
    });
  }

  get frames(): Frame[] {
    return this.texts.map((text) => {
      const value = JSON.parse(text);
      if (!Array.isArray(value)) return value as Frame;
      const [joinRef, ref, topic, event, payload] = value;
      return { joinRef, ref, topic, event, payload };
    });
  }

  /** The answer to the frame with this reference. */
  async replyTo(ref: string): Promise<{ status: string; response: Record<string, unknown> }> {
    const find = () =>
      this.frames.find((frame) => frame.event === "phx_reply" && frame.ref === ref);
    await until(() => find() !== undefined, `a reply to ${ref}`);
    return find()?.payload as { status: string; response: Record<string, unknown> };
  }

  /** The first frame with this event. */
  async next(event: string): Promise<Frame> {
    const find = () => this.frames.find((frame) => frame.event === event);
    await until(() => find() !== undefined, `a frame with ${event}`);
    return find() as Frame;
  }

  async close(): Promise<void> {
    this.socket.close();
    await until(() => this.closed, "the socket to close");
  }
}

/** Where a client connects; an empty key or version is left out. */
export function socketUrl(key: string, version: string, endpoints = runningStack()): string {
  const url = new URL(`${endpoints.REALTIME_URL}/websocket`);
  url.protocol = url.protocol.replace("http", "ws");
  if (key !== "") url.searchParams.set("apikey", key);
  if (version !== "") url.searchParams.set("vsn", version);
  return url.href;
}

/** The parts of a binary broadcast from the server. */
export function readBinary(frame: Uint8Array): {
  kind: number;
  topic: string;
  event: string;
  meta: string;
  encoding: number;
  body: string;
} {
  const [kind = -1, topicLength = 0, eventLength = 0, metaLength = 0, encoding = -1] = frame;
  let offset = 5;
  const take = (length: number) => {
    offset += length;
    return new TextDecoder().decode(frame.subarray(offset - length, offset));
  };
  const topic = take(topicLength);
  const event = take(eventLength);
  const meta = take(metaLength);
  return { kind, topic, event, meta, encoding, body: take(frame.length - offset) };
}

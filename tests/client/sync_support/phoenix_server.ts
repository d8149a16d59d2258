import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** A join that reached the server. */
export interface Join {
  readonly topic: string;
  readonly token: string | undefined;
  readonly at: number;
}

/** How a join is answered: well, with this reason for an error, or not at all. */
export type Verdict = "ok" | "silence" | { readonly reason: string };

interface Membership {
  readonly socket: WebSocket;
  readonly topic: string;
  readonly joinRef: string | null;
}

type Frame = [string | null, string | null, string, string, Record<string, unknown>];

/**
 * A server that speaks as much of Realtime's protocol as channels need, and that can be told to
 * misbehave. What real servers do is tested elsewhere; here it is what they do once in a while.
 */
export class PhoenixServer {
  readonly joins: Join[] = [];
  readonly leaves: string[] = [];
  /** Decides on every join. */
  verdict: (join: Join) => Verdict = () => "ok";
  /** While set, nothing is answered and nothing is sent, and nobody is told. */
  isMute = false;
  /** Answers whatever is not Realtime. */
  onRequest: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => {
    response.writeHead(404).end();
  };
  #members: Membership[] = [];
  #port = 0;
  #server: Server | undefined;
  #sockets: WebSocketServer | undefined;

  static async start(): Promise<PhoenixServer> {
    const server = new PhoenixServer();
    await server.listen();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Those whose sockets are open. */
  get connections(): number {
    return this.#sockets?.clients.size ?? 0;
  }

  members(topic: string): number {
    return this.#members.filter((member) => member.topic === topic).length;
  }

  /** Starts, or comes back on the port it had. */
  async listen(): Promise<void> {
    const server = createServer((request, response) => this.onRequest(request, response));
    const sockets = new WebSocketServer({ server });
    sockets.on("connection", (socket: WebSocket) => this.#welcome(socket));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Is gone, with everything that was connected. */
  async stop(): Promise<void> {
    this.dropSockets();
    this.#sockets?.close();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** Breaks every socket. */
  dropSockets(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  broadcast(topic: string, event: string, payload: unknown): void {
    for (const member of this.#members.filter((one) => one.topic === topic)) {
      this.#send(member.socket, [null, null, `realtime:${topic}`, "broadcast", {
        type: "broadcast",
        event,
        payload,
      }]);
    }
  }

  /** Closes a channel as for a token that has expired. */
  closeChannel(topic: string, message: string): void {
    for (const { socket, joinRef } of this.#members.filter((one) => one.topic === topic)) {
      const name = `realtime:${topic}`;
      this.#send(socket, [joinRef, null, name, "system", {
        extension: "system",
        status: "error",
        message,
        channel: topic,
      }]);
      this.#send(socket, [joinRef, joinRef, name, "phx_close", {}]);
    }
    this.forget(topic);
  }

  /** Sends something on a channel that is no broadcast. */
  say(topic: string, event: string, payload: Record<string, unknown>): void {
    for (const { socket, joinRef } of this.#members.filter((one) => one.topic === topic)) {
      this.#send(socket, [joinRef, null, `realtime:${topic}`, event, payload]);
    }
  }

  /** Loses who is on a channel, and tells nobody. */
  forget(topic: string): void {
    this.#members = this.#members.filter((one) => one.topic !== topic);
  }

  #welcome(socket: WebSocket): void {
    socket.on("message", (data: Uint8Array) => {
      if (!this.isMute) this.#hear(socket, JSON.parse(new TextDecoder().decode(data)) as Frame);
    });
    socket.on("close", () => {
      this.#members = this.#members.filter((one) => one.socket !== socket);
    });
  }

  #hear(socket: WebSocket, [joinRef, ref, name, event, payload]: Frame): void {
    const reply = (status: string, response: unknown) =>
      this.#send(socket, [joinRef, ref, name, "phx_reply", { status, response }]);
    const topic = name.replace(/^realtime:/, "");
    const isMember = (one: Membership) => one.socket === socket && one.topic === topic;
    if (event === "heartbeat") reply("ok", {});
    if (event === "phx_leave") {
      this.leaves.push(topic);
      this.#members = this.#members.filter((one) => !(isMember(one) && one.joinRef === joinRef));
      reply("ok", {});
      this.#send(socket, [joinRef, joinRef, name, "phx_close", {}]);
    }
    if (event === "phx_join") {
      const join: Join = { topic, token: payload.access_token as string, at: Date.now() };
      this.joins.push(join);
      const verdict = this.verdict(join);
      if (verdict === "silence") return;
      if (verdict !== "ok") return reply("error", verdict);
      const before = this.#members.find(isMember);
      if (before) {
        this.#send(socket, [before.joinRef, before.joinRef, name, "phx_close", {}]);
        this.#members = this.#members.filter((one) => one !== before);
      }
      this.#members.push({ socket, topic, joinRef });
      reply("ok", { postgres_changes: [] });
    }
  }

  #send(socket: WebSocket, frame: unknown): void {
    if (!this.isMute) socket.send(JSON.stringify(frame));
  }
}

import net from "node:net";

/** Where a connection goes, as its first request says. */
export type Destination = "realtime" | "http";

/**
 * What a connection does with what it gets:
 * flowing passes it on; stalled keeps it for later, as TCP does while packets are lost; deaf passes
 * on what the client says and drops the answers; silent drops everything and tells nobody, as when
 * a phone changes its network.
 */
type Mode = "flowing" | "stalled" | "deaf" | "silent";

/** What passes by and is worth counting. */
export interface Traffic {
  /** What the server says to the client. */
  answered(destination: Destination, bytes: Uint8Array): void;
}

const longestRequestLine = 16_384;

/** A client's TCP connection, and the one to the server that belongs to it. */
export class ProxiedConnection {
  readonly #client: net.Socket;
  readonly #portOf: (destination: Destination) => number;
  readonly #traffic: Traffic;
  readonly #onClosed: () => void;
  #server: net.Socket | undefined;
  #head: Uint8Array = new Uint8Array();
  #mode: Mode = "flowing";
  /** Unknown until the first line of the first request is there. */
  destination: Destination | undefined;

  constructor(
    client: net.Socket,
    portOf: (destination: Destination) => number,
    traffic: Traffic,
    onClosed: () => void,
  ) {
    this.#client = client;
    this.#portOf = portOf;
    this.#traffic = traffic;
    this.#onClosed = onClosed;
    client.setNoDelay(true);
    client.on("error", () => {});
    client.on("data", (chunk: Uint8Array) => this.#fromClient(chunk));
    client.on("close", () => this.#clientClosed());
  }

  /** Both ends learn at once that it is over. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#server?.resetAndDestroy();
    this.#onClosed();
  }

  /** From now on nothing arrives anywhere, and neither end learns of it. */
  silence(): void {
    this.#mode = "silent";
    this.#client.resume();
    this.#server?.resume();
  }

  /** What the client says still arrives; the answers do not, until it is reset. */
  deafen(): void {
    if (this.#mode === "flowing") this.#mode = "deaf";
  }

  /** Nothing moves until it is resumed; nothing is lost. */
  stall(): void {
    if (this.#mode !== "flowing") return;
    this.#mode = "stalled";
    this.#client.pause();
    this.#server?.pause();
  }

  resume(): void {
    if (this.#mode !== "stalled") return;
    this.#mode = "flowing";
    this.#client.resume();
    this.#server?.resume();
  }

  #fromClient(chunk: Uint8Array): void {
    if (this.#mode === "silent") return;
    if (this.#server) return write(this.#client, this.#server, chunk);
    this.#head = concatenate(this.#head, chunk);
    const end = this.#head.indexOf(0x0a);
    if (end < 0 && this.#head.length < longestRequestLine) return;
    const [, path = ""] = new TextDecoder().decode(this.#head.subarray(0, end)).split(" ");
    this.destination = path.startsWith("/realtime/v1") ? "realtime" : "http";
    this.#connect(this.destination);
  }

  #connect(destination: Destination): void {
    const server = net.connect(this.#portOf(destination), "127.0.0.1");
    this.#server = server;
    server.setNoDelay(true);
    server.on("error", () => {});
    server.on("data", (chunk: Uint8Array) => {
      if (this.#mode === "silent" || this.#mode === "deaf") return;
      this.#traffic.answered(destination, chunk);
      write(server, this.#client, chunk);
    });
    server.on("close", (hadError: boolean) => {
      // Whoever is cut off silently does not hear of the other's end either.
      if (this.#mode === "silent") return;
      if (hadError) this.#client.resetAndDestroy();
      else this.#client.end();
      this.#onClosed();
    });
    server.write(this.#head);
    if (this.#mode === "stalled") server.pause();
  }

  #clientClosed(): void {
    if (this.#mode === "silent") return;
    this.#server?.end();
    this.#onClosed();
  }
}

/** Passes on, and reads no faster than the other end takes it. */
function write(from: net.Socket, to: net.Socket, chunk: Uint8Array): void {
  if (to.destroyed || to.write(chunk)) return;
  from.pause();
  to.once("drain", () => from.resume());
}

function concatenate(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

import net from "node:net";
import { type Destination, ProxiedConnection, type Traffic } from "./connection.ts";

/** Which of a client's connections something happens to. */
export type Scope = Destination | "all";

/** What is counted of all clients' traffic. */
export interface NetworkCounts {
  connections: number;
  cuts: number;
  /** Channels that the server closed because their token had expired. */
  expiredChannels: number;
  /** Requests refused because of their token. */
  refusedTokens: number;
}

/**
 * The network between one client and the servers: one address, as an application has it. Requests
 * below /realtime/v1 go to the Realtime server, all others to the gateway.
 */
export class Network {
  readonly #server: net.Server;
  readonly #connections = new Set<ProxiedConnection>();
  /** Those that died in silence: out of reach of all that comes. */
  readonly #dead = new Set<ProxiedConnection>();
  readonly #held = new Set<net.Socket>();
  /** Black holes that are open; and what waits for the last of them to close. */
  #holes = 0;
  readonly #stalled: ProxiedConnection[] = [];
  readonly #portOf: (destination: Destination) => number;
  readonly #traffic: Traffic;

  private constructor(
    portOf: (destination: Destination) => number,
    readonly counts: NetworkCounts,
  ) {
    this.#portOf = portOf;
    this.#traffic = countTraffic(counts);
    this.#server = net.createServer({ pauseOnConnect: true }, (socket) => {
      if (this.#holes === 0) {
        this.#take(socket);
        socket.resume();
        return;
      }
      // Its first packet is sent again and again until one gets through.
      this.#held.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => this.#held.delete(socket));
    });
  }

  /** Opens the address. @param portOf where the servers listen; asked for every connection */
  static async open(
    portOf: (destination: Destination) => number,
    counts: NetworkCounts,
  ): Promise<Network> {
    const network = new Network(portOf, counts);
    await new Promise<void>((resolve, reject) => {
      network.#server.on("error", reject);
      network.#server.listen(0, "127.0.0.1", resolve);
    });
    return network;
  }

  /** What the client takes for the project's address. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("It is closed.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Resets connections. */
  reset(scope: Scope): void {
    this.#each(scope, (connection) => connection.reset());
  }

  /** Lets connections die without either end being told. */
  silence(scope: Scope): void {
    this.#each(scope, (connection) => this.#bury(connection));
  }

  /** Requests still arrive, their answers do not; a while later the connections are reset. */
  async loseAnswers(scope: Scope, forMs: number): Promise<void> {
    const deaf: ProxiedConnection[] = [];
    this.#each(scope, (connection) => {
      connection.deafen();
      deaf.push(connection);
    });
    await pause(forMs);
    for (const connection of deaf) if (this.#connections.has(connection)) connection.reset();
  }

  /**
   * From now on no packet gets through, until the returned function is called. Afterwards
   * connections go on, or turn out to have died.
   */
  openBlackHole(afterwards: "go_on" | "dead"): () => void {
    this.#holes++;
    const stalled: ProxiedConnection[] = [];
    this.#each("all", (connection) => {
      if (afterwards === "dead") return this.#bury(connection);
      connection.stall();
      stalled.push(connection);
    });
    return () => {
      this.#holes--;
      this.#stalled.push(...stalled);
      if (this.#holes > 0) return;
      for (const connection of this.#stalled.splice(0)) connection.resume();
      for (const socket of this.#held) {
        this.#take(socket);
        socket.resume();
      }
      this.#held.clear();
    };
  }

  /** A black hole that closes by itself. */
  async blackHole(forMs: number, afterwards: "go_on" | "dead"): Promise<void> {
    const close = this.openBlackHole(afterwards);
    await pause(forMs);
    close();
  }

  /** The two ends of connections that died in silence learn of it, as when a phone gets a network. */
  resetDead(): void {
    for (const connection of this.#dead) connection.reset();
    this.#dead.clear();
  }

  /** Closes the address and everything on it. */
  async close(): Promise<void> {
    this.resetDead();
    for (const connection of [...this.#connections]) connection.reset();
    for (const socket of this.#held) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #take(socket: net.Socket): void {
    this.counts.connections++;
    const connection: ProxiedConnection = new ProxiedConnection(
      socket,
      this.#portOf,
      this.#traffic,
      () => this.#connections.delete(connection),
    );
    this.#connections.add(connection);
  }

  #bury(connection: ProxiedConnection): void {
    connection.silence();
    this.#connections.delete(connection);
    this.#dead.add(connection);
  }

  #each(scope: Scope, cut: (connection: ProxiedConnection) => void): void {
    for (const connection of [...this.#connections]) {
      if (scope !== "all" && connection.destination !== scope) continue;
      this.counts.cuts++;
      cut(connection);
    }
  }
}

function countTraffic(counts: NetworkCounts): Traffic {
  const decoder = new TextDecoder("latin1");
  return {
    answered(destination, bytes) {
      const text = decoder.decode(bytes);
      if (destination === "realtime") {
        counts.expiredChannels += text.split("Token has expired").length - 1;
      } else if (text.startsWith("HTTP/1.1 401")) counts.refusedTokens++;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

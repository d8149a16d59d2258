import { join } from "node:path";
import { checkout } from "../../shared/checkout.ts";
import { Arrivals } from "./arrivals.ts";

/** A bare WebSocket server and sockets that hear what the sender says. */
export interface Echo {
  /** Sends a message of this many bytes and gives the time to each socket, in milliseconds. */
  send(bytes: number): Promise<number[]>;
  close(): Promise<void>;
}

/** Starts the server in a process of its own and connects this many sockets to it. */
export async function openEcho(count: number): Promise<Echo> {
  const server = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(checkout, "scripts", "bench", "fan_out", "echo_server.ts")],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const sockets: WebSocket[] = [];
  const close = async () => {
    for (const socket of sockets) socket.close();
    server.kill("SIGTERM");
    await server.status;
  };
  try {
    const url = `ws://127.0.0.1:${await portOf(server)}`;
    const arrivals = new Arrivals(count);
    for (let opened = 0; opened < count; opened++) {
      const socket = await connect(url);
      sockets.push(socket);
      socket.onmessage = ({ data }) => {
        const atMs = performance.now();
        arrivals.arrived(JSON.parse(data).id, atMs);
      };
    }
    const sender = await connect(url);
    sockets.push(sender);
    return {
      send(bytes) {
        const id = crypto.randomUUID();
        const empty = JSON.stringify({ id, padding: "" });
        const padding = "x".repeat(Math.max(0, bytes - empty.length));
        return arrivals.after(id, () => sender.send(JSON.stringify({ id, padding })));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reads until the server has said where it listens; it says nothing more after that. */
async function portOf(server: Deno.ChildProcess): Promise<number> {
  let text = "";
  for await (const chunk of server.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const port = /Listening on (\d+)\n/.exec(text)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error("The echo server does not start.");
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("The echo server does not take connections."));
  });
  return socket;
}

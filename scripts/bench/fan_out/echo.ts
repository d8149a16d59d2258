import { Arrivals } from "./arrivals.ts";
import { completedSet, type Frame, frameAbout } from "./frame.ts";
import { startServer } from "./server.ts";

/** A server, its subscribers, and one more who says something to them. */
export interface Broadcast {
  /**
   * Tells all subscribers of a set.
   *
   * @returns how long it took to each, in milliseconds
   * @throws Error if it does not reach everyone in time
   */
  tell(setId: string): Promise<number[]>;
  close(): Promise<void>;
}

/** A bare WebSocket server with this many sockets, which repeats a frame to them as it came. */
export async function openEcho(count: number, frame: Frame): Promise<Broadcast> {
  const server = await startServer("./echo_server.ts");
  const sockets: WebSocket[] = [];
  const close = async () => {
    for (const socket of sockets) socket.close();
    await server.stop();
  };
  try {
    const url = `ws://127.0.0.1:${server.port}`;
    const arrivals = new Arrivals(count);
    for (let opened = 0; opened < count; opened++) {
      const socket = await connect(url);
      sockets.push(socket);
      socket.onmessage = ({ data }) => {
        const atMs = performance.now();
        const setId = completedSet(JSON.parse(data));
        if (setId !== null) arrivals.arrived(setId, atMs);
      };
    }
    const sender = await connect(url);
    sockets.push(sender);
    return {
      tell(setId) {
        const text = frameAbout(setId, frame);
        return arrivals.after(setId, () => sender.send(text));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error("The echo server does not take connections."));
  });
  return socket;
}

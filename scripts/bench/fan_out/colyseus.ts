import { Client, type Room } from "@colyseus/sdk";
import { Arrivals } from "./arrivals.ts";
import type { Broadcast } from "./echo.ts";
import { completedSet, type Frame, frameAbout, type SetMessage } from "./frame.ts";
import { startServer } from "./server.ts";

/**
 * A room of Colyseus with this many subscribers, each with Colyseus's own client and on a connection
 * of its own. What a frame says is sent as an object, which Colyseus packs in its own way.
 */
export async function openColyseus(count: number, frame: Frame): Promise<Broadcast> {
  const server = await startServer("./colyseus_server.ts");
  const rooms: Room[] = [];
  const close = async () => {
    // A room that has lost its server would never say that it has left: nobody waits for that.
    for (const room of rooms) void room.leave();
    await server.stop();
  };
  const enter = async (entering: Promise<Room>) => {
    const room = await entering;
    rooms.push(room);
    // A server that ends fails the measurement; to look for it again would only make noise.
    room.reconnection.enabled = false;
    return room;
  };
  try {
    const url = `http://127.0.0.1:${server.port}`;
    const arrivals = new Arrivals(count);
    const sender = await enter(new Client(url).create("session"));
    for (let joined = 0; joined < count; joined++) {
      const room = await enter(new Client(url).joinById(sender.roomId));
      room.onMessage("live_event", (message: SetMessage) => {
        const atMs = performance.now();
        const setId = completedSet(message);
        if (setId !== null) arrivals.arrived(setId, atMs);
      });
    }
    return {
      tell(setId) {
        const message: SetMessage = JSON.parse(frameAbout(setId, frame));
        return arrivals.after(setId, () => sender.send("live_event", message));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

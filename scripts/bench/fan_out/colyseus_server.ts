/**
 * A room as an application on Colyseus writes it: what one client says, all others hear. All else is
 * as it comes; a process of its own, as the stack is.
 */
import { createServer } from "node:http";
import { type Client, Room, Server } from "@colyseus/core";
import { WebSocketTransport } from "@colyseus/ws-transport";

class SessionRoom extends Room {
  override messages = {
    live_event: (sender: Client, message: unknown) => {
      this.broadcast("live_event", message, { except: sender });
    },
  };
}

const http = createServer();
const server = new Server({
  transport: new WebSocketTransport({ server: http }),
  greet: false,
  // Whoever started it ends it with a signal: there is nothing to save.
  gracefullyShutdown: false,
});
server.define("session", SessionRoom);
await server.listen(0, "127.0.0.1");
const address = http.address();
if (address === null || typeof address === "string") throw new Error("It listens on no port.");
console.log(`Listening on ${address.port}`);

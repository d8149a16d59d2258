import type { Stack } from "../../shared/people.ts";
import type { SignedIn } from "../crowd_members.ts";

const JOIN_TIMEOUT_MS = 60_000;
const HEARTBEAT_MS = 25_000;

/**
 * Listens to a session as somebody in it, over Realtime's protocol and a connection of their own.
 *
 * @param heard gets how long each event took from the database's clock until here, in milliseconds
 * @throws Error if the channel is refused or there is no answer in time
 */
export async function listen(
  stack: Stack,
  listener: SignedIn,
  heard: (delayMs: number) => void,
): Promise<void> {
  const url = new URL(`${stack.API_URL}/realtime/v1/websocket`);
  url.protocol = "ws:";
  url.searchParams.set("apikey", stack.PUBLISHABLE_KEY);
  url.searchParams.set("vsn", "1.0.0");
  const socket = new WebSocket(url);
  const joined = Promise.withResolvers<void>();
  const timer = setTimeout(
    () => joined.reject(new Error("No answer to a join.")),
    JOIN_TIMEOUT_MS,
  );
  socket.onerror = () => joined.reject(new Error("A subscriber could not connect."));
  socket.onopen = () =>
    socket.send(JSON.stringify({
      topic: `realtime:live_session:${listener.sessionId}`,
      event: "phx_join",
      ref: "1",
      join_ref: "1",
      payload: {
        config: { broadcast: { ack: false, self: false }, private: true },
        access_token: listener.token,
      },
    }));
  socket.onmessage = ({ data }) => {
    const { event, payload } = JSON.parse(data);
    if (event === "broadcast") heard(Date.now() - payload.payload.timestamp);
    else if (event === "phx_reply" && payload.status === "ok") joined.resolve();
    else if (event === "phx_reply") joined.reject(new Error(JSON.stringify(payload.response)));
  };
  setInterval(() => {
    socket.send(JSON.stringify({ topic: "phoenix", event: "heartbeat", ref: "2", payload: {} }));
  }, HEARTBEAT_MS);
  try {
    await joined.promise;
  } finally {
    clearTimeout(timer);
  }
}

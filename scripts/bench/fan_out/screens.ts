import { createClient } from "@supabase/supabase-js";
import type { Stack } from "../../shared/people.ts";
import { completedSet } from "./frame.ts";
import type { Trainee, Training } from "./training.ts";

/**
 * Told of each set that a subscriber gets: when on `performance.now()`, and in what frame, where the
 * library shows that.
 */
export type Shown = (setId: string, atMs: number, frame?: string) => void;

/** Subscribers of a session, each on a connection of its own. */
export interface Screens {
  close(): Promise<void>;
}

/** What subscribers are built with: Realtime's bare protocol, or an application's library. */
export type ScreenKind = "raw" | "supabase-js";

const joinTimeoutMs = 20_000;

/**
 * Subscribes this many screens to a session, the people in it taking turns as their owners, and
 * waits until all have joined.
 *
 * @throws Error if one is refused or gets no answer in time
 */
export async function openScreens(
  kind: ScreenKind,
  stack: Stack,
  training: Training,
  count: number,
  shown: Shown,
): Promise<Screens> {
  const open = kind === "raw" ? openRawScreen : openLibraryScreen;
  const screens: Screens[] = [];
  // A few at a time, as people come: to open is not what is measured.
  for (let first = 0; first < count; first += 10) {
    const owners = Array.from(
      { length: Math.min(10, count - first) },
      (_, index) => training.people[(first + index) % training.people.length]!,
    );
    screens.push(
      ...await Promise.all(
        owners.map((owner) => open(stack, `live_session:${training.sessionId}`, owner, shown)),
      ),
    );
  }
  return { close: async () => void await Promise.all(screens.map((screen) => screen.close())) };
}

/** Speaks Realtime's protocol and nothing more. */
async function openRawScreen(
  stack: Stack,
  topic: string,
  owner: Trainee,
  shown: Shown,
): Promise<Screens> {
  const url = new URL(`${stack.API_URL}/realtime/v1/websocket`);
  url.protocol = "ws:";
  url.searchParams.set("apikey", stack.PUBLISHABLE_KEY);
  url.searchParams.set("vsn", "1.0.0");
  const socket = new WebSocket(url);
  const joined = Promise.withResolvers<void>();
  const timer = setTimeout(() => joined.reject(new Error("No answer to a join.")), joinTimeoutMs);
  socket.onerror = () => joined.reject(new Error("A subscriber could not connect."));
  socket.onopen = () =>
    socket.send(JSON.stringify({
      topic: `realtime:${topic}`,
      event: "phx_join",
      ref: "1",
      join_ref: "1",
      payload: {
        config: { broadcast: { ack: false, self: false }, private: true },
        access_token: owner.token,
      },
    }));
  socket.onmessage = ({ data }) => {
    const atMs = performance.now();
    const message = JSON.parse(data);
    const setId = completedSet(message);
    if (setId !== null) return shown(setId, atMs, data);
    const { event, payload } = message;
    if (event === "phx_reply" && payload.status === "ok") joined.resolve();
    else if (event === "phx_reply") joined.reject(new Error(JSON.stringify(payload.response)));
  };
  const heartbeat = setInterval(() => {
    socket.send(JSON.stringify({ topic: "phoenix", event: "heartbeat", ref: "2", payload: {} }));
  }, 25_000);
  const close = () => {
    clearInterval(heartbeat);
    socket.close();
    return Promise.resolve();
  };
  try {
    await joined.promise;
  } catch (error) {
    await close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return { close };
}

/** What an application has: supabase-js, as it is. */
async function openLibraryScreen(
  stack: Stack,
  topic: string,
  owner: Trainee,
  shown: Shown,
): Promise<Screens> {
  const supabase = createClient(stack.API_URL, stack.PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(owner.token),
  });
  const close = async () => {
    await supabase.removeAllChannels();
  };
  await supabase.realtime.setAuth();
  const joined = Promise.withResolvers<void>();
  supabase.channel(topic, { config: { private: true } })
    .on("broadcast", { event: "live_event" }, ({ payload }) => {
      const atMs = performance.now();
      const setId = completedSet({ event: "broadcast", payload: { payload } });
      if (setId !== null) shown(setId, atMs);
    })
    .subscribe((status, error) => {
      if (status === "SUBSCRIBED") joined.resolve();
      else joined.reject(error ?? new Error(`A subscriber got ${status}.`));
    }, joinTimeoutMs);
  try {
    await joined.promise;
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

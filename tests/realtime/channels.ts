import type { RealtimeChannel, SupabaseClient } from "@supabase/supabase-js";

/** What a test saw of a channel, as it happened. */
export interface Watched {
  readonly channel: RealtimeChannel;
  /** SUBSCRIBED, CHANNEL_ERROR, CLOSED, TIMED_OUT, with the message of an error. */
  readonly statuses: { status: string; message?: string }[];
  /** What arrived as broadcast `live_event`, in order. */
  readonly messages: Message[];
  /** Payloads of the channel's `system` events. */
  readonly system: Record<string, unknown>[];
}

export interface Message {
  readonly event: string;
  readonly payload: Record<string, unknown>;
  readonly meta?: { readonly id?: string; readonly replayed?: boolean };
}

type Config = Parameters<SupabaseClient["channel"]>[1];

/** Starts to subscribe; resolves at once. */
export function watch(client: SupabaseClient, topic: string, config?: Config): Watched {
  const channel = client.channel(topic, config);
  const watched: Watched = { channel, statuses: [], messages: [], system: [] };
  channel
    .on<Message["payload"]>(
      "broadcast",
      { event: "*" },
      (message) => watched.messages.push(message),
    )
    .on("system", {}, (payload: Record<string, unknown>) => watched.system.push(payload))
    .subscribe((status, error) => {
      watched.statuses.push({ status, ...(error ? { message: error.message } : {}) });
    });
  return watched;
}

/** Subscribes to a private channel and waits for the first answer. */
export async function subscribe(
  client: SupabaseClient,
  topic: string,
  config: Config = { config: { private: true } },
): Promise<Watched> {
  // As everyone should before a private join: without it the first join knows no token.
  await client.realtime.setAuth();
  const watched = watch(client, topic, config);
  await until(() => watched.statuses.length > 0, "an answer to the join");
  return watched;
}

/** Subscribes and insists on SUBSCRIBED. */
export async function subscribed(
  client: SupabaseClient,
  topic: string,
  config?: Config,
): Promise<Watched> {
  const watched = await subscribe(client, topic, config);
  const [first] = watched.statuses;
  if (first?.status !== "SUBSCRIBED") {
    throw new Error(`joining ${topic} was answered with ${first?.status}: ${first?.message}`);
  }
  return watched;
}

/** The last thing that happened to a channel. */
export function lastStatus(watched: Watched): string | undefined {
  return watched.statuses.at(-1)?.status;
}

/** Those of a channel's messages that a test sent; a session sends of its own, too. */
export function numbers(watched: Watched): unknown[] {
  return watched.messages.map((message) => message.payload.n).filter((n) => n !== undefined);
}

/** Waits until `condition` holds. Raises after `timeoutMs`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 5_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits for as long as something that must not happen would have taken. */
export async function quiet(milliseconds = 300): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import type { RealtimeChannel } from "@supabase/supabase-js";

type Sink = (event: string, payload: unknown) => void;

const sinks = new WeakMap<RealtimeChannel, Set<Sink>>();

/**
 * Listens in on a channel that belongs to somebody else: a socket can join a topic once only. What
 * is bound to a channel stays bound, so there is one binding for all who ever listen in on it.
 *
 * @returns how to stop
 */
export function listenIn(channel: RealtimeChannel, sink: Sink): () => void {
  let listening = sinks.get(channel);
  if (listening === undefined) {
    const everybody = new Set<Sink>();
    sinks.set(channel, everybody);
    channel.on("broadcast", { event: "*" }, ({ event, payload }) => {
      for (const one of [...everybody]) one(event, payload);
    });
    listening = everybody;
  }
  listening.add(sink);
  return () => listening.delete(sink);
}

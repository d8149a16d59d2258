import type { RealtimeClient } from "@supabase/supabase-js";
import { type ChannelListener, type ChannelState, SharedChannel } from "./shared-channel.ts";

export type { ChannelListener, ChannelState } from "./shared-channel.ts";

/** A private channel that is being followed. */
export interface ChannelFollower {
  /** What is followed now; null for nothing. */
  readonly topic: string | null;
  /** How it stands; `idle` while nothing is followed. */
  readonly state: ChannelState | "idle";
  /** Leaves the present topic for another one, or for none. */
  follow(topic: string | null): void;
  /** Leaves the topic and joins it again, for all its followers: it is not to be relied on. */
  rejoin(reason: Error): void;
  /** Tries at once what was to be tried later, and finds out whether the socket is alive. */
  wake(): void;
  /** Looks whether a joined channel is still joined. */
  verify(): void;
  /** Follows nothing any more, and resolves when nothing is left of it. */
  close(): Promise<void>;
}

const shared = new WeakMap<RealtimeClient, Map<string, SharedChannel>>();

/**
 * Follows a private channel through everything: drops, refused and expired tokens, restarts of the
 * server. A topic that several follow in one client is joined once, and left after the last of them.
 * The listener is never called before this returns; what it raises is logged and disturbs nobody.
 *
 * @param topic what to follow first; null to wait for `follow`
 */
export function followChannel(
  supabase: { readonly realtime: RealtimeClient },
  topic: string | null,
  listener: ChannelListener,
): ChannelFollower {
  const { realtime } = supabase;
  // An object of its own for each stay, so that nothing of an earlier one is heard later.
  let stay: { readonly channel: SharedChannel; readonly listener: ChannelListener } | null = null;
  let leaving: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const leave = () => {
    if (stay === null) return;
    const { channel } = stay;
    channel.remove(stay.listener);
    stay = null;
    if (channel.isStopped) leaving = Promise.all([leaving, channel.done]);
  };
  const follower: ChannelFollower = {
    get topic() {
      return stay?.channel.topic ?? null;
    },
    get state() {
      return stay?.channel.state ?? "idle";
    },
    follow(next) {
      if (isClosed || next === (stay?.channel.topic ?? null)) return;
      leave();
      if (next === null) return;
      stay = { channel: channelOf(realtime, next), listener: { ...listenerOf(listener) } };
      stay.channel.add(stay.listener);
    },
    rejoin(reason) {
      stay?.channel.rejoin(reason);
    },
    wake() {
      stay?.channel.wake();
    },
    verify() {
      stay?.channel.verify();
    },
    async close() {
      isClosed = true;
      leave();
      await leaving;
    },
  };
  follower.follow(topic);
  return follower;
}

function listenerOf(listener: ChannelListener): ChannelListener {
  return {
    joined: () => listener.joined(),
    lost: (reason) => listener.lost(reason),
    refused: (reason) => listener.refused(reason),
    message: (event, payload) => listener.message(event, payload),
  };
}

/** The channel of a topic in this client, joined already or to be joined. */
function channelOf(realtime: RealtimeClient, topic: string): SharedChannel {
  const channels = shared.get(realtime) ?? new Map<string, SharedChannel>();
  shared.set(realtime, channels);
  const present = channels.get(topic);
  if (present !== undefined && !present.isStopped) return present;
  const channel = new SharedChannel(realtime, topic, present?.done ?? Promise.resolve());
  channels.set(topic, channel);
  void channel.done.then(() => {
    if (channels.get(topic) === channel) channels.delete(topic);
  });
  return channel;
}

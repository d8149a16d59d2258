import type { RealtimeChannel, RealtimeClient } from "@supabase/supabase-js";
import { listenIn } from "./borrowed-channel.ts";
import { type Backoff, createBackoff } from "./backoff.ts";
import { type Pause, pause } from "./pause.ts";
import { hurryConnection, probeSocket, renewToken, whenConnected } from "./socket.ts";
import { undisturbed } from "./undisturbed.ts";

/** How a channel stands: being joined, joined, lost for now, or not for this person. */
export type ChannelState = "joining" | "joined" | "lost" | "refused";

/** What one follower of a channel hears. */
export interface ChannelListener {
  /** Joined, perhaps again: whatever was sent before now may have been missed. */
  joined(): void;
  /** Not joined any more, or an attempt failed. Attempts go on. */
  lost(reason: Error): void;
  /** The server says that this person may not listen here. Attempts go on: tokens change. */
  refused(reason: Error): void;
  /** A broadcast. */
  message(event: string, payload: unknown): void;
}

const JOIN_MS = 10_000;
const LEAVE_MS = 5_000;
/** How often to look after a channel that is somebody else's. */
const LOOK_MS = 250;
/** A channel that was joined for less than this did not recover. */
const STABLE_MS = 3_000;

/**
 * Keeps one private channel joined for as long as it has followers. Each attempt has a channel
 * object of its own, that is gone before the next one is made: realtime-js hands out the old object
 * for the same topic, and when that closes late it takes the new one's registration with it.
 */
export class SharedChannel {
  readonly #followers = new Set<ChannelListener>();
  readonly #untold = new Set<ChannelListener>();
  readonly #backoff: Backoff = createBackoff();
  #state: ChannelState = "joining";
  #reason = new Error("Not joined yet.");
  #channel: RealtimeChannel | null = null;
  #joinedAt = Number.POSITIVE_INFINITY;
  #stopped = false;
  #rest: Pause | null = null;
  #end: (reason: Error | null) => void = () => {};
  /** Resolves when it has no followers any more and the server was told. */
  readonly done: Promise<void>;

  /** @param before what has to be over before the topic can be joined */
  constructor(
    readonly realtime: RealtimeClient,
    readonly topic: string,
    before: Promise<void>,
  ) {
    this.done = before.then(() => this.#run());
  }

  get state(): ChannelState {
    return this.#state;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Adds a follower, who is told how the channel stands. */
  add(follower: ChannelListener): void {
    this.#followers.add(follower);
    this.#untold.add(follower);
    // Not before the caller knows what it follows.
    queueMicrotask(() => {
      if (this.#untold.has(follower)) this.#tell((one) => one === follower && this.#tellState(one));
    });
  }

  /** Removes a follower; with the last one the channel is left. */
  remove(follower: ChannelListener): void {
    this.#followers.delete(follower);
    this.#untold.delete(follower);
    if (this.#followers.size > 0 || this.#stopped) return;
    this.#stopped = true;
    this.#rest?.cut();
    this.#end(null);
  }

  /** Leaves and joins again, for everybody: what is heard here can no longer be relied on. */
  rejoin(reason: Error): void {
    if (this.#state === "joined") this.#end(reason);
    else this.#rest?.cut();
  }

  /** Finds out whether everything is as it seems, and does at once what was to be done later. */
  wake(): void {
    this.verify();
    this.#backoff.reset();
    this.#rest?.cut();
    if (this.#state === "joined") void probeSocket(this.realtime);
    else hurryConnection(this.realtime).catch(() => {/* The next attempt tells. */});
  }

  /** Takes a channel for lost that the client has given up without saying so. */
  verify(): void {
    if (this.#state !== "joined") return;
    if (this.#channel?.state === "joined" && this.realtime.isConnected()) return;
    this.#end(new Error("The channel was closed."));
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#attempt();
      } catch (error) {
        this.#become("lost", asError(error));
      }
      if (this.#stopped) return;
      if (Date.now() - this.#joinedAt >= STABLE_MS) this.#backoff.reset();
      this.#joinedAt = Number.POSITIVE_INFINITY;
      this.#rest = pause(this.#backoff.next());
      await this.#rest.over;
      this.#rest = null;
    }
  }

  /** Joins, and returns when that failed or was over, with nothing left behind. */
  async #attempt(): Promise<void> {
    const { realtime, topic } = this;
    await whenConnected(realtime, () => !this.#stopped);
    if (this.#stopped) return;
    await renewToken(realtime);
    if (this.#stopped) return;
    const taken = realtime.getChannels().find((one) => one.topic === `realtime:${topic}`);
    if (taken) return await this.#borrow(taken);
    const channel = realtime.channel(topic, {
      // A server that has just been woken says later that from now on nothing is missed.
      config: { private: true, broadcast: { ack: false, self: false, replication_ready: true } },
    });
    this.#channel = channel;
    try {
      await this.#follow(channel);
    } finally {
      this.#channel = null;
      await channel.unsubscribe(LEAVE_MS);
      channel.teardown();
      // One that was torn down before does not sign off any more, and would be in the way for ever.
      realtime.channels = realtime.channels.filter((one) => one !== channel);
    }
  }

  /** Resolves when somebody else's channel is no longer joined, or no longer wanted. */
  async #borrow(channel: RealtimeChannel): Promise<void> {
    const isJoined = () => channel.state === "joined" && this.realtime.isConnected();
    if (!isJoined() || !channel.private) throw new Error("The topic is taken in this client.");
    let isOver = false;
    this.#end = (reason) => {
      isOver = true;
      if (reason !== null) this.#become("lost", reason);
    };
    const stop = listenIn(channel, (event, payload) => {
      this.#tell((follower) => follower.message(event, payload));
    });
    this.#channel = channel;
    this.#become("joined");
    // Its owner alone is told when it is lost. It takes a second at least to come back.
    while (!isOver && isJoined()) await pause(LOOK_MS).over;
    stop();
    this.#channel = null;
    if (!isOver) this.#end(new Error("The channel was lost."));
    this.#end = () => {};
  }

  /** Resolves when the channel was refused, lost, or is no longer wanted. */
  #follow(channel: RealtimeChannel): Promise<void> {
    return new Promise((resolve) => {
      let isOver = false;
      const end = (state: "lost" | "refused", reason: Error | null) => {
        if (isOver) return;
        isOver = true;
        this.#end = () => {};
        if (reason !== null) this.#become(state, reason);
        resolve();
      };
      this.#end = (reason) => end("lost", reason);
      channel
        .on("broadcast", { event: "*" }, ({ event, payload }) => {
          if (!isOver) this.#tell((follower) => follower.message(event, payload));
        })
        .on("system", {}, ({ status, message }: { status?: unknown; message?: unknown }) => {
          if (isOver) return;
          if (status === "error") end("lost", new Error(`Channel: ${message}.`));
          else if (status === "ok" && this.#state === "joined") this.#become("joined");
        })
        .subscribe((status, error) => {
          if (isOver) return;
          if (status === "SUBSCRIBED") this.#become("joined");
          else {
            end(isRefusal(error) ? "refused" : "lost", error ?? new Error(`Channel: ${status}.`));
          }
        }, JOIN_MS);
    });
  }

  #become(state: ChannelState, reason?: Error): void {
    this.#state = state;
    if (state === "joined") this.#joinedAt = Math.min(this.#joinedAt, Date.now());
    if (reason) this.#reason = reason;
    this.#tell((follower) => this.#tellState(follower));
  }

  #tellState(follower: ChannelListener): void {
    this.#untold.delete(follower);
    if (this.#state === "joined") follower.joined();
    if (this.#state === "lost") follower.lost(this.#reason);
    if (this.#state === "refused") follower.refused(this.#reason);
  }

  #tell(what: (follower: ChannelListener) => void): void {
    for (const follower of [...this.#followers]) {
      // One may remove another while being told.
      if (this.#followers.has(follower)) undisturbed(() => what(follower));
    }
  }
}

/** Row level security says so; all else may be a matter of time. */
function isRefusal(error: Error | undefined): boolean {
  return error !== undefined && error.message.includes("Unauthorized");
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

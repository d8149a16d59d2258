import type { LiveWorkoutSupabase } from "../database.ts";
import { type ChannelFollower, followChannel } from "../sync/channel.ts";
import type { LiveTopics } from "../types.ts";

/** What channels tell; whose it was is the key: `user`, or the id of a friend. */
export interface ChannelsListener {
  message(key: string, event: string, payload: unknown): void;
  /** A channel was joined, perhaps again: something may have been missed. */
  joined(): void;
  changed(): void;
}

/** The key of one's own channel. */
export const OWN = "user";

/**
 * The platform allows 100 channels on a connection. One's own, rooms and the application itself
 * need some; the rest is for friends.
 */
const MOST_FRIENDS = 80;
/** The platform counts joins a second, for all who are there together. */
const JOINS_AT_ONCE = 20;
const BETWEEN_JOINS_MS = 500;

/**
 * One's own channel, and one for each friend. Who has more friends than there may be channels
 * listens to those who train now, whoever began last first; the others show when the list is asked
 * for, once a minute.
 */
export class Channels {
  readonly #supabase: LiveWorkoutSupabase;
  readonly #listener: ChannelsListener;
  readonly #mostFriends: number;
  readonly #followers = new Map<string, ChannelFollower>();
  #waiting: { key: string; topic: string }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isComplete = true;
  #isClosed = false;

  constructor(
    supabase: LiveWorkoutSupabase,
    listener: ChannelsListener,
    mostFriends = MOST_FRIENDS,
  ) {
    this.#supabase = supabase;
    this.#listener = listener;
    this.#mostFriends = mostFriends;
  }

  /** Whether every friend has a channel. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether all channels that there should be are joined. */
  get isJoined(): boolean {
    return this.#waiting.length === 0 && this.#followers.size > 0 &&
      [...this.#followers.values()].every(({ state }) => state === "joined");
  }

  /** Whether one's own channel, of which nobody can be shut out, is down: the connection is. */
  get isDown(): boolean {
    const state = this.#followers.get(OWN)?.state;
    return state === "lost" || state === "refused";
  }

  /**
   * Follows these topics and no others.
   *
   * @param training ids of friends who train now, who come first
   */
  follow(topics: LiveTopics, training: readonly string[]): void {
    if (this.#isClosed) return;
    const place = new Map(training.map((userId, index) => [userId, index]));
    const placeOf = ({ userId }: { userId: string }) => place.get(userId) ?? training.length;
    const friends = [...topics.presence].sort((one, other) => placeOf(one) - placeOf(other));
    this.#isComplete = friends.length <= this.#mostFriends;
    const wanted = new Map([[OWN, topics.user]]);
    for (const { userId, topic } of friends.slice(0, this.#mostFriends)) wanted.set(userId, topic);
    for (const [key, follower] of this.#followers) {
      const topic = wanted.get(key);
      if (topic !== undefined) {
        follower.follow(topic);
      } else {
        void follower.close();
        this.#followers.delete(key);
      }
    }
    this.#waiting = [...wanted]
      .filter(([key]) => !this.#followers.has(key))
      .map(([key, topic]) => ({ key, topic }));
    this.#joinSome();
  }

  /** Joins again whatever was given up without a word. */
  wake(): void {
    for (const [key, follower] of this.#followers) {
      // One of them finds out whether the connection is alive, for all.
      if (key === OWN || follower.state !== "joined") follower.wake();
      else follower.verify();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
    await Promise.all([...this.#followers.values()].map((follower) => follower.close()));
    this.#followers.clear();
  }

  #joinSome(): void {
    clearTimeout(this.#timer);
    for (const { key, topic } of this.#waiting.splice(0, JOINS_AT_ONCE)) this.#join(key, topic);
    if (this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => this.#joinSome(), BETWEEN_JOINS_MS);
  }

  #join(key: string, topic: string): void {
    // Late words of a channel that was left are nobody's.
    const tell = (what: () => void) => {
      if (this.#followers.get(key) === follower) what();
    };
    let isRefused = false;
    const follower = followChannel(this.#supabase, topic, {
      joined: () => {
        isRefused = false;
        tell(() => this.#listener.joined());
      },
      lost: () => tell(() => this.#listener.changed()),
      refused: () => {
        // Not a friend any more, or the topic moved: asking tells. Attempts go on, and asking once
        // has to do.
        tell(() => isRefused ? this.#listener.changed() : this.#listener.joined());
        isRefused = true;
      },
      message: (event, payload) => tell(() => this.#listener.message(key, event, payload)),
    });
    this.#followers.set(key, follower);
  }
}

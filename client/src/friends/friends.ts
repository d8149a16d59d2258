import { createStore, type StoreApi } from "zustand/vanilla";
import { LiveWorkoutError } from "../errors.ts";
import { createBackoff } from "../sync/backoff.ts";
import { type Pause, pause } from "../sync/pause.ts";
import { undisturbed } from "../sync/undisturbed.ts";
import { watchForWaking } from "../sync/wake.ts";
import type { WorkoutPresence } from "../types.ts";
import { Channels, OWN } from "./channels.ts";
import { gone, News } from "./news.ts";
import type { Friends, FriendsContext, FriendsOptions } from "./interface.ts";
import { invitationOf, presenceOf, quickReactionOf } from "./payloads.ts";
import { type Listing, readListing } from "./reading.ts";
import {
  dropExpired,
  dropSilent,
  type FriendsState,
  hearInvitation,
  hearPresence,
  hearQuickReaction,
  listInvitations,
  listPresences,
  NO_FRIENDS,
} from "./state.ts";

const POLL_MS = 60_000;
const STALE_MS = 5 * 60_000;
/** What is over is looked for this often. */
const TICK_MS = 15_000;
/** So many times less often it is asked for what hardly ever changes. */
const SELDOM = 5;
/** Channels are joined, and moved, in crowds: one question is enough for all. */
const GATHER_MS = 250;

/**
 * Opens what a friends' screen shows: who trains now, invitations received, cheers. Lists are read
 * at the start, on waking and whenever something may have been missed; in between channels tell.
 */
export function openFriends(context: FriendsContext, options: FriendsOptions = {}): Friends {
  return new OpenFriends(context, options);
}

class OpenFriends implements Friends {
  readonly store: StoreApi<FriendsState> = createStore(() => NO_FRIENDS);
  readonly ready: Promise<void>;
  readonly #context: FriendsContext;
  readonly #options: FriendsOptions;
  readonly #channels: Channels;
  readonly #abort = new AbortController();
  readonly #stopWatching: () => void;
  readonly #tick: ReturnType<typeof setInterval>;
  /** What was heard while a list was being read, which may be newer than the list. */
  readonly #news = new News();
  #me = "";
  #offsetMs = 0;
  #isWanted = false;
  #isReading = false;
  #isAnswered = true;
  #lastReadAt = 0;
  #rest: Pause | null = null;
  #resolve: () => void = () => {};
  #reject: (reason: LiveWorkoutError) => void = () => {};

  constructor(context: FriendsContext, options: FriendsOptions) {
    this.#context = context;
    this.#options = options;
    this.#channels = new Channels(context.supabase, {
      message: (key, event, payload) => this.#onMessage(key, event, payload),
      joined: () => this.#ask(),
      changed: () => this.#updateConnection(),
    }, options.mostChannels);
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody has to wait for it.
    this.ready.catch(() => {});
    this.#stopWatching = watchForWaking(() => this.wake());
    const { pollMs = POLL_MS, staleMs = STALE_MS } = options;
    this.#tick = setInterval(
      () => this.#lookForWhatIsOver(),
      Math.min(TICK_MS, pollMs / 2, staleMs / 2),
    );
    this.#ask();
  }

  wake(): void {
    if (this.#abort.signal.aborted) return;
    this.#channels.wake();
    this.#rest?.cut();
    this.#ask();
  }

  async close(): Promise<void> {
    this.#abort.abort();
    clearInterval(this.#tick);
    this.#stopWatching();
    this.#rest?.cut();
    this.#set((state) => ({ ...state, connection: "closed" }));
    const detail = "The friends' list was closed.";
    this.#reject(new LiveWorkoutError({ code: "network_error", detail, status: 0 }));
    await this.#channels.close();
  }

  #set(change: (state: FriendsState) => FriendsState): void {
    this.store.setState(change, true);
  }

  #ask(): void {
    this.#isWanted = true;
    if (!this.#isReading) void this.#read();
  }

  /** Reads until nobody wants anything newer, one list at a time. */
  async #read(): Promise<void> {
    this.#isReading = true;
    const { signal } = this.#abort;
    const backoff = createBackoff({ firstMs: 1_000, maxMs: 30_000 });
    let waitMs = this.#lastReadAt === 0 ? 0 : GATHER_MS;
    while (this.#isWanted && !signal.aborted) {
      this.#rest = pause(waitMs);
      await this.#rest.over;
      if (signal.aborted) break;
      this.#isWanted = false;
      this.#news.clear();
      const askedAt = Date.now();
      try {
        const isInbox = this.#options.follow !== "presence";
        const listing = await readListing(this.#context, isInbox, signal);
        if (signal.aborted) break;
        this.#isAnswered = true;
        this.#lastReadAt = askedAt;
        this.#take(listing, askedAt);
        backoff.reset();
        waitMs = GATHER_MS;
      } catch (error) {
        this.#isAnswered = false;
        this.#isWanted = true;
        const wish = error instanceof LiveWorkoutError ? error.retryAfterMs ?? 0 : 0;
        waitMs = Math.max(backoff.next(), wish);
      }
      this.#updateConnection();
    }
    this.#isReading = false;
  }

  #take({ topics, presences, invitations, offsetMs }: Listing, askedAt: number): void {
    this.#offsetMs = offsetMs ?? this.#context.clock.offsetMs;
    this.#me = topics.user.split(":")[1] ?? "";
    const before = this.store.getState().presences;
    this.#set((state) => {
      const listed = listPresences(state, presences, askedAt, (id) => this.#news.has(id));
      return listInvitations(listed, invitations, (id) => this.#news.has(id));
    });
    this.#tellDifference(before);
    this.#channels.follow(topics, presences.map(({ userId }) => userId));
    this.#resolve();
  }

  #onMessage(key: string, event: string, payload: unknown): void {
    if (event === "channel_moved") return this.#ask();
    if (key !== OWN) {
      const presence = event === "presence_update" ? presenceOf(payload) : null;
      if (presence === null || presence.userId !== key) return;
      this.#news.add(key, Date.now());
      this.#set((state) => hearPresence(state, presence, Date.now()));
      this.#tell(presence);
      return;
    }
    if (event === "invitation_received" || event === "invitation_updated") {
      const invitation = invitationOf(payload);
      // Whoever sent it hears of it as well.
      if (invitation === null || invitation.recipientId !== this.#me) return;
      this.#news.add(invitation.id, Date.now());
      this.#set((state) => hearInvitation(state, invitation));
    } else if (event === "quick_reaction") {
      const reaction = quickReactionOf(payload);
      if (reaction === null) return;
      this.#set((state) => hearQuickReaction(state, reaction));
      undisturbed(() => this.#options.onQuickReaction?.(reaction));
    }
  }

  #lookForWhatIsOver(): void {
    const { pollMs = POLL_MS, staleMs = STALE_MS } = this.#options;
    const before = this.store.getState().presences;
    const now = Date.now();
    this.#set((state) => dropExpired(dropSilent(state, now - staleMs), now + this.#offsetMs));
    this.#tellDifference(before);
    // Friends who train are heard of once a minute. The server knows who of the others is gone.
    const isSomebodySilent = before.some(({ userId }) =>
      now - this.#news.lastOf(userId) > 2 * pollMs
    );
    const isUnheard = isSomebodySilent || !this.#channels.isComplete || !this.#channels.isJoined;
    // Of new friends, and of those who show themselves again, no channel tells that is known yet.
    const everyMs = isUnheard ? pollMs : SELDOM * pollMs;
    if (Math.abs(now - this.#lastReadAt) >= everyMs) this.#ask();
  }

  #updateConnection(): void {
    this.#set((state) => {
      if (state.connection === "closed") return state;
      const connection = !this.#isAnswered || this.#channels.isDown
        ? "offline"
        : this.#channels.isJoined
        ? "live"
        : state.connection === "live"
        ? "live"
        : "connecting";
      return connection === state.connection ? state : { ...state, connection };
    });
  }

  #tellDifference(before: FriendsState["presences"]): void {
    const after = this.store.getState().presences;
    for (const one of after) {
      const was = before.find(({ userId }) => userId === one.userId);
      if (was === undefined || !isSame(was, one)) this.#tell(one);
    }
    for (const one of before) {
      if (!after.some(({ userId }) => userId === one.userId)) this.#tell(gone(one));
    }
  }

  #tell({ ...presence }: WorkoutPresence & { heardAt?: number }): void {
    delete presence.heardAt;
    undisturbed(() => this.#options.onPresence?.(presence));
  }
}

/** Whether two say the same, whenever it was heard. */
function isSame(one: object, other: object): boolean {
  const said = (presence: object) =>
    JSON.stringify(Object.entries({ ...presence, heardAt: 0 }).sort());
  return said(one) === said(other);
}

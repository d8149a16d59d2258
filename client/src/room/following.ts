import type { StoreApi } from "zustand/vanilla";
import type { LiveWorkoutContext } from "../context.ts";
import { LiveWorkoutError } from "../errors.ts";
import { applyEvents, applySnapshot } from "../store/apply.ts";
import type { RoomState } from "../store/state.ts";
import type { SessionSync, SyncListener } from "../sync/interface.ts";
import { syncSession } from "../sync/sync-session.ts";
import type { EventOf } from "../types.ts";
import { activityOf } from "./activity.ts";
import type { RoomOptions } from "./interface.ts";
import type { OwnWork } from "./own-work.ts";
import { CALLED_OFF, persist } from "./persist.ts";
import { Refresh } from "./refresh.ts";
import { repeat, type Repetition } from "./repeat.ts";
import { isLogBehind, lastDeparture, stayOf } from "./stay.ts";

/** What the server expects. */
const HEARTBEAT_MS = 60_000;

interface FollowingOptions {
  readonly context: LiveWorkoutContext;
  readonly sessionId: string;
  readonly options: RoomOptions;
  readonly store: StoreApi<RoomState>;
  readonly work: OwnWork;
}

/** Keeps the store of a room true: the sync, signs of life, coming back after a time-out, the end. */
export class Following {
  readonly ready: Promise<void>;
  readonly #options: FollowingOptions;
  readonly #abort = new AbortController();
  readonly #refresh: Refresh;
  #sync: SessionSync | null = null;
  #heartbeat: Repetition | null = null;
  #departure: EventOf<"user_left"> | null = null;
  #isIn = false;
  #isRejoining = false;
  #ending: Promise<void> | null = null;
  #resolve: () => void = () => {};
  #reject: (reason: LiveWorkoutError) => void = () => {};

  constructor(options: FollowingOptions) {
    this.#options = options;
    this.#refresh = new Refresh(
      () => this.#state.needsSnapshot,
      async () => await this.#sync?.refresh(),
    );
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody has to wait for it.
    this.ready.catch(() => {});
    void this.#begin();
  }

  /** Aborted when it is over. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  wake(): void {
    this.#sync?.wake();
    this.#heartbeat?.hurry();
  }

  /** @param reason why it is over; null if that was wished */
  end(reason: LiveWorkoutError | null): Promise<void> {
    if (this.#ending !== null) return this.#ending;
    this.#abort.abort();
    this.#stopHeartbeat();
    this.#refresh.stop();
    this.#options.work.detach(this.#options.context.outbox);
    this.#ending = this.#sync?.close() ?? Promise.resolve();
    this.#set({ connection: "closed", catchUp: null, closedReason: reason });
    this.#reject(reason ?? notInSession("The room was closed."));
    return this.#ending;
  }

  get #state(): RoomState {
    return this.#options.store.getState();
  }

  #set(change: Partial<RoomState>): void {
    this.#options.store.setState(change);
  }

  async #begin(): Promise<void> {
    const { context, work } = this.#options;
    try {
      const opened = await persist(
        async () => ({ me: await context.userId(), outbox: await context.outbox() }),
        this.signal,
      );
      if (opened === CALLED_OFF) return;
      this.#set({ me: opened.me });
      work.attach(opened.outbox);
      this.#follow();
    } catch (error) {
      await this.end(asRefusal(error));
    }
  }

  /** Follows the session from where the log ends. */
  #follow(): void {
    const { context, sessionId, options } = this.#options;
    this.#sync = syncSession({
      supabase: context.supabase,
      calls: context.sessions,
      sessionId,
      listener: this.#listener(),
      after: this.#state.events.at(-1)?.seq ?? 0,
      ...options.sync,
    });
  }

  #listener(): SyncListener {
    const { context, work, store } = this.#options;
    return {
      snapshot: (snapshot) => {
        this.#departure = lastDeparture(this.#departure, snapshot.recentEvents, this.#state.me);
        store.setState((state) => applySnapshot(state, snapshot), true);
        this.#lookAround();
        this.#resolve();
      },
      events: (events) => {
        this.#departure = lastDeparture(this.#departure, events, this.#state.me);
        store.setState((state) => applyEvents(state, events), true);
        work.settle();
        this.#lookAround();
      },
      connection: (connection, catchUp) => {
        // The end tells of itself; and while one comes back after a time-out there is none.
        if (connection === "closed") return;
        const isBack = connection === "live" && this.#state.connection !== "live";
        this.#set({ connection, catchUp });
        if (!isBack) return;
        work.wake();
        this.#heartbeat?.hurry();
      },
      clock: (clockOffsetMs) => {
        context.clock.offsetMs = clockOffsetMs;
        this.#set({ clockOffsetMs });
      },
      closed: (reason) => {
        if (!this.#isRejoining) void this.end(reason);
      },
    };
  }

  /** After every change: is everything as it should be? */
  #lookAround(): void {
    if (this.signal.aborted) return;
    this.#refresh.look();
    switch (stayOf(this.#state, this.#departure)) {
      case "in":
        if (!this.#isIn) this.#options.work.retryFromOutside();
        this.#isIn = true;
        // What one does is in the log: a sign of life without it would take it off friends' screens.
        if (!isLogBehind(this.#state)) this.#startHeartbeat();
        break;
      case "timed_out":
        this.#stopHeartbeat();
        void this.#rejoin();
        break;
      case "away":
        void this.end(notInSession("You are not in this session any more."));
        break;
      case "ended":
        this.#stopHeartbeat();
        break;
    }
  }

  #startHeartbeat(): void {
    const { heartbeatMs = HEARTBEAT_MS } = this.#options.options;
    this.#heartbeat ??= repeat(heartbeatMs, () => this.#giveSignOfLife());
  }

  async #giveSignOfLife(): Promise<void> {
    const { signal } = this;
    await this.#options.context.presence.heartbeat(activityOf(this.#state), { signal });
  }

  #stopHeartbeat(): void {
    this.#isIn = false;
    this.#heartbeat?.stop();
    this.#heartbeat = null;
  }

  async #rejoin(): Promise<void> {
    if (this.#isRejoining) return;
    this.#isRejoining = true;
    const { signal } = this;
    const { context, sessionId } = this.#options;
    try {
      await persist(() => context.sessions.join(sessionId, { signal }), signal);
    } catch (error) {
      // Of one that has ended meanwhile there is still everything to read.
      if (!(error instanceof LiveWorkoutError) || error.code !== "session_ended") {
        this.#isRejoining = false;
        return await this.end(asRefusal(error));
      }
    }
    // One that was shut out of the channel begins anew, from where the log ends.
    await this.#sync?.close();
    this.#isRejoining = false;
    if (!signal.aborted) this.#follow();
  }
}

function notInSession(detail: string): LiveWorkoutError {
  return new LiveWorkoutError({ code: "not_participant", detail, status: 403 });
}

function asRefusal(error: unknown): LiveWorkoutError {
  if (error instanceof LiveWorkoutError) return error;
  const detail = "The room could not be opened.";
  return new LiveWorkoutError({ code: "unexpected_answer", detail, status: 0 }, { cause: error });
}

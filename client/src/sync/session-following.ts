import type { LiveWorkoutError } from "../errors.ts";
import type { EventPage, LiveSessionEvent, SessionSnapshot } from "../types.ts";
import { type ChannelFollower, followChannel } from "./channel.ts";
import { ServerClock } from "./clock.ts";
import { fewerEventsThanHere, notInSession } from "./endings.ts";
import { EventLog } from "./event-log.ts";
import { FirstJoin } from "./first-join.ts";
import { Hearing } from "./hearing.ts";
import { liveEventOf } from "./live-event.ts";
import { type Mark, SessionReader } from "./reader.ts";
import { type Standing, tellingConnection } from "./standing.ts";
import type { SyncOptions } from "./sync-session.ts";
import { TailCheck } from "./tail-check.ts";
import { undisturbed } from "./undisturbed.ts";
import { watchForWaking } from "./wake.ts";
import { Whereabouts } from "./whereabouts.ts";

/** Two events of one transaction may arrive in the wrong order; that is no gap. */
const REORDERING_MS = 150;

type Options = SyncOptions & Required<Pick<SyncOptions, "after" | "tailCheckMs" | "pageSize">>;

/** One session that is being followed: channel, log, clock and timers put together. */
export class SessionFollowing {
  readonly serverNow = (): number => Date.now() + (this.#clock.offset ?? 0);
  readonly #options: Options;
  readonly #log: EventLog<LiveSessionEvent>;
  readonly #clock = new ServerClock();
  readonly #firstJoin = new FirstJoin();
  readonly #hearing = new Hearing((seq) => this.#onDeaf(seq));
  readonly #reader: SessionReader;
  readonly #channel: ChannelFollower;
  readonly #whereabouts: Whereabouts;
  readonly #tellConnection: (standing: Standing) => void;
  readonly #tail: TailCheck;
  #gap: ReturnType<typeof setTimeout> | undefined;
  readonly #stopWatching: () => void;
  #closing: Promise<void> | null = null;
  #isEnded = false;
  #isAnswered = true;
  /** Which stay on a channel this is, and during which one the log was last found whole. */
  #stay: Mark = 0;
  #checked: Mark | null = null;

  constructor(options: Options) {
    this.#options = options;
    const { supabase, calls, sessionId, pageSize } = options;
    this.#log = new EventLog(options.after);
    this.#whereabouts = new Whereabouts(`live_session:${sessionId}`);
    this.#tellConnection = tellingConnection(options.listener);
    this.#tail = new TailCheck(options.tailCheckMs, () => {
      this.#channel.verify();
      this.#ask();
    });
    this.#reader = new SessionReader({
      calls,
      sessionId,
      pageSize,
      log: this.#log,
      clock: this.#clock,
      mark: () => this.#stay,
      beforePages: () => this.#firstJoin.settled(),
      listener: {
        snapshot: (snapshot, asked) => this.#onSnapshot(snapshot, asked),
        page: (page, events, asked) => this.#onPage(page, events, asked),
        whole: (asked) => this.#onWhole(asked),
        failed: () => this.#onFailed(),
        over: (error) => void this.close(error),
        clock: () => this.#tell((listener) => listener.clock(this.#clock.offset ?? 0)),
      },
    });
    this.#channel = followChannel(supabase, this.#whereabouts.plainTopic, {
      joined: () => this.#onJoined(),
      lost: () => this.#onLost(),
      refused: () => this.#onRefused(),
      message: (event, payload) => this.#onMessage(event, payload),
    });
    this.#stopWatching = watchForWaking((reason) => {
      if (reason === "slept" || reason === "clock_set") this.#clock.doubt();
      this.wake();
    });
    queueMicrotask(() => {
      this.#update();
      void this.#reader.request();
    });
  }

  get lastSeq(): number {
    return this.#log.last;
  }

  wake(): void {
    this.#channel.wake();
    void this.check();
  }

  async check(): Promise<void> {
    if (this.#closing) return;
    this.#channel.verify();
    this.#reader.hurry();
    await this.#reader.request();
  }

  refresh(): Promise<void> {
    this.#reader.doubtPresent();
    return this.check();
  }

  /** @param reason why it is over; null if that was wished */
  close(reason: LiveWorkoutError | null): Promise<void> {
    if (this.#closing) return this.#closing;
    this.#tail.stop();
    clearTimeout(this.#gap);
    this.#hearing.stop();
    this.#reader.close();
    this.#firstJoin.settle();
    this.#stopWatching();
    this.#closing = this.#channel.close();
    this.#update();
    undisturbed(() => this.#options.listener.closed(reason));
    return this.#closing;
  }

  #onJoined(): void {
    this.#stay += 1;
    this.#whereabouts.joined();
    this.#hearing.stop();
    this.#firstJoin.settle();
    this.#ask();
  }

  #onLost(): void {
    this.#firstJoin.settle();
    this.#tail.lost();
    this.#update();
  }

  #onRefused(): void {
    this.#whereabouts.refused();
    this.#firstJoin.settle();
    // Either the topic moved or this person is out: the server says which.
    this.#ask();
  }

  #onMessage(name: string, payload: unknown): void {
    if (name === "channel_moved") {
      // What was found whole was so where nothing is said any more.
      this.#stay += 1;
      this.#whereabouts.moved(this.#stay);
      return this.#ask();
    }
    if (name !== "live_event") return;
    const event = liveEventOf(payload, this.#options.sessionId);
    if (event === null) return this.#ask();
    this.#hearing.heard(event.seq);
    this.#log.add(event);
    if (!this.#reader.hasSnapshot) return;
    this.#give(this.#log.take());
    this.#awaitMissing();
    this.#update();
  }

  #onSnapshot(snapshot: SessionSnapshot, asked: Mark): void {
    this.#isAnswered = true;
    if (snapshot.lastSeq < this.#options.after) return void this.close(fewerEventsThanHere());
    if (snapshot.session.status === "ended") {
      this.#isEnded = true;
      this.#channel.follow(null);
      this.#firstJoin.settle();
    }
    this.#locate(snapshot.topic, asked);
    this.#tell((listener) => listener.snapshot(snapshot));
    this.#update();
  }

  #onPage(page: EventPage, events: readonly LiveSessionEvent[], asked: Mark): void {
    this.#isAnswered = true;
    const wasListening = this.#channel.state === "joined" && asked === this.#stay &&
      asked === this.#checked;
    this.#locate(page.topic, asked);
    this.#give(events);
    if (wasListening && events.length > 0 && !this.#closing) this.#hearing.expect(this.#log.last);
    this.#update();
  }

  #onWhole(asked: Mark): void {
    this.#checked = asked;
    // Nothing happens in a session after its end.
    if (this.#isEnded) this.#channel.follow(null);
    else this.#tail.checked(this.#channel.state === "joined");
    this.#update();
  }

  #onFailed(): void {
    this.#isAnswered = false;
    this.#update();
  }

  #locate(topic: string | undefined, asked: Mark): void {
    if (this.#closing || this.#isEnded) return;
    if (this.#whereabouts.answered(topic, asked, this.#channel)) void this.close(notInSession());
  }

  /** Either the socket is dead and nobody noticed, or the server lost this channel. */
  #onDeaf(seq: number): void {
    this.#channel.wake();
    this.#channel.rejoin(new Error(`The channel did not bring event ${seq}.`));
  }

  #give(events: readonly LiveSessionEvent[]): void {
    if (events.length === 0) return;
    const hasEnded = events.some(({ type }) => type === "session_ended");
    this.#tell((listener) => listener.events(events));
    if (!hasEnded) return;
    this.#isEnded = true;
    this.#tail.stop();
    this.#ask();
  }

  #ask(): void {
    this.#update();
    void this.#reader.request();
  }

  #awaitMissing(): void {
    if (this.#log.isWhole || this.#closing) return;
    this.#gap ??= setTimeout(() => {
      this.#gap = undefined;
      if (!this.#log.isWhole) this.#ask();
    }, REORDERING_MS);
  }

  #update(): void {
    this.#tellConnection({
      isClosed: this.#closing !== null,
      isEnded: this.#isEnded,
      hasSnapshot: this.#reader.hasSnapshot,
      isAnswered: this.#isAnswered,
      channel: this.#channel.state,
      isChecked: this.#isEnded ? this.#checked !== null : this.#checked === this.#stay,
      have: this.#log.last,
      known: this.#log.known,
    });
  }

  #tell(what: (listener: Options["listener"]) => void): void {
    if (this.#closing === null) undisturbed(() => what(this.#options.listener));
  }
}

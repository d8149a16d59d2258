/** What the log is made of. */
export interface Numbered {
  readonly seq: number;
}

/** A page of events as the server answered it. */
export interface LogPage<Event extends Numbered> {
  /** The number that was asked after. */
  readonly after: number;
  readonly events: readonly Event[];
  readonly hasMore: boolean;
  /** `EventLog.known` as it was when the page was asked for. */
  readonly knownWhenAsked: number;
}

/** Events that arrived ahead of a gap; more than these are left to be read in pages. */
const MOST_AHEAD = 2_000;

/**
 * Puts events in order, each once, however they arrive. `add` takes what the channel brings, `fill`
 * what the server answers; both keep what lies behind a gap until the gap is closed.
 */
export class EventLog<Event extends Numbered> {
  #last: number;
  #known: number;
  #doubted = 0;
  readonly #ahead = new Map<number, Event>();

  /** @param after the number of the last event that was had before; 0 for none */
  constructor(after = 0) {
    this.#last = after;
    this.#known = after;
  }

  /** The number up to which everything was handed out. */
  get last(): number {
    return this.#last;
  }

  /** The highest number known to exist. */
  get known(): number {
    return this.#known;
  }

  /** Whether nothing is known to exist that was not handed out. */
  get isWhole(): boolean {
    return this.#last >= this.#known;
  }

  /** Takes note that an event with this number exists. */
  know(seq: number): void {
    if (seq > this.#known) this.#known = seq;
  }

  /** Takes an event from the channel: late, early, repeated, all are welcome. */
  add(event: Event): void {
    this.know(event.seq);
    if (event.seq > this.#last && this.#ahead.size < MOST_AHEAD) {
      this.#ahead.set(event.seq, event);
    }
  }

  /** The next events, as far as they are there. */
  take(): Event[] {
    const run: Event[] = [];
    for (;;) {
      const next = this.#ahead.get(this.#last + 1);
      if (next === undefined) return run;
      this.#ahead.delete(next.seq);
      this.#last = next.seq;
      run.push(next);
    }
  }

  /**
   * Takes a page and hands out the next events. What should be in the page and is not has ceased to
   * exist (histories are dropped some day); as that cannot be undone, it is believed only when a
   * second page says so as well. Until then the log is not whole.
   */
  fill(page: LogPage<Event>): Event[] {
    for (const event of page.events) {
      this.know(event.seq);
      if (event.seq > this.#last) this.#ahead.set(event.seq, event);
    }
    const run = this.take();
    const end = coverage(page);
    if (this.#last >= end) return run;
    if (this.#doubted !== this.#last + 1) {
      this.#doubted = this.#last + 1;
      return run;
    }
    while (this.#last < end) {
      this.#last = this.#firstAhead(end) - 1;
      if (this.#last < end) run.push(...this.take());
    }
    this.know(this.#last);
    return run;
  }

  /** The lowest number that is there, or the one after `end`. */
  #firstAhead(end: number): number {
    let first = end + 1;
    for (const seq of this.#ahead.keys()) {
      if (seq < first) first = seq;
    }
    return first;
  }
}

/** The number up to which a page would have named every event. */
function coverage(page: LogPage<Numbered>): number {
  const highest = page.events.reduce((high, { seq }) => Math.max(high, seq), page.after);
  return page.hasMore ? highest : Math.max(highest, page.knownWhenAsked);
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventLog } from "./event-log.ts";

interface Event {
  readonly seq: number;
}

const event = (seq: number): Event => ({ seq });
const numbers = (events: readonly Event[]) => events.map(({ seq }) => seq);

/** What a server that has these events answers. */
function pageOf(log: EventLog<Event>, existing: readonly number[], limit: number) {
  const [after, knownWhenAsked] = [log.last, log.known];
  const rest = existing.filter((seq) => seq > after);
  return {
    after,
    knownWhenAsked,
    events: rest.slice(0, limit).map(event),
    hasMore: rest.length > limit,
  };
}

describe("the log", () => {
  it("hands on what comes in order", () => {
    const log = new EventLog<Event>();
    log.add(event(1));
    log.add(event(2));
    expect(numbers(log.take())).toEqual([1, 2]);
    expect(log.take()).toEqual([]);
    expect(log).toMatchObject({ last: 2, known: 2, isWhole: true });
  });

  it("keeps what is ahead of a gap until the gap is filled", () => {
    const log = new EventLog<Event>(10);
    log.add(event(13));
    log.add(event(11));
    expect(numbers(log.take())).toEqual([11]);
    expect(log).toMatchObject({ last: 11, known: 13, isWhole: false });
    log.add(event(12));
    expect(numbers(log.take())).toEqual([12, 13]);
    expect(log.isWhole).toBe(true);
  });

  it("drops what it had", () => {
    const log = new EventLog<Event>(10);
    for (const seq of [10, 3, 11, 11]) log.add(event(seq));
    expect(numbers(log.take())).toEqual([11]);
    log.add(event(11));
    expect(log.take()).toEqual([]);
    expect(log.known).toBe(11);
  });

  it("keeps nothing of what it had", () => {
    const log = new EventLog<Event>(5_000);
    for (let seq = 1; seq <= 5_000; seq++) log.add(event(seq));
    for (const seq of [5_002, 5_001]) log.add(event(seq));
    expect(numbers(log.take())).toEqual([5_001, 5_002]);
  });

  it("is not whole while something is known to exist beyond it", () => {
    const log = new EventLog<Event>(3);
    log.know(5);
    expect(log.isWhole).toBe(false);
    log.know(4);
    expect(log.known).toBe(5);
  });

  it("believes that events are gone when two pages say so, not one", () => {
    const log = new EventLog<Event>();
    log.know(6);
    expect(numbers(log.fill(pageOf(log, [1, 4, 6], 10)))).toEqual([1]);
    expect(log.isWhole).toBe(false);
    expect(numbers(log.fill(pageOf(log, [1, 4, 6], 10)))).toEqual([4, 6]);
    expect(log.isWhole).toBe(true);
  });

  it("takes a log that was dropped altogether for whole, after a second look", () => {
    const log = new EventLog<Event>();
    log.know(120);
    expect(log.fill(pageOf(log, [], 10))).toEqual([]);
    expect(log.isWhole).toBe(false);
    expect(log.fill(pageOf(log, [], 10))).toEqual([]);
    expect(log).toMatchObject({ last: 120, isWhole: true });
  });

  it("does not take for gone what became known after a page was asked for", () => {
    const log = new EventLog<Event>();
    const early = () => pageOf(log, [], 10);
    const pages = [early(), early(), early()];
    log.add(event(2));
    for (const page of pages) expect(log.fill(page)).toEqual([]);
    expect(numbers(log.fill(pageOf(log, [1, 2], 10)))).toEqual([1, 2]);
  });

  it("does not hoard what is far ahead", () => {
    const log = new EventLog<Event>();
    for (let seq = 2; seq <= 5_000; seq++) log.add(event(seq));
    log.add(event(1));
    // The first 1,999 ahead were kept, and then this one found no place.
    expect(log.take()).toEqual([]);
    const existing = Array.from({ length: 5_000 }, (_, index) => index + 1);
    const all: number[] = [];
    while (!log.isWhole) all.push(...numbers(log.fill(pageOf(log, existing, 500))));
    expect(all).toEqual(existing);
  });
});

/** What can happen to a log while a session goes on. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("happen" as const),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("deliver" as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat" as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("lose" as const), pick: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      limit: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("answer" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hear of the head" as const) }) },
);

describe("whatever is lost, repeated, late or out of order", () => {
  it("the log hands on each event once, in order, and all of them in the end", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        fc.nat({ max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        (steps, after, lastLimit) => {
          const log = new EventLog<Event>(after);
          let head = after;
          let given = after;
          const onTheWay: number[] = [];
          const pages: ReturnType<typeof pageOf>[] = [];
          const existing = () => Array.from({ length: head }, (_, index) => index + 1);
          const receive = (events: readonly Event[]) => {
            for (const { seq } of events) expect(seq).toBe(++given);
            expect(log.last).toBe(given);
          };
          for (const one of steps) {
            if (one.kind === "happen") {
              for (let count = 0; count < one.count; count++) onTheWay.push(++head);
            } else if (one.kind === "ask") pages.push(pageOf(log, existing(), one.limit));
            else if (one.kind === "answer") {
              const page = pages.shift();
              if (page) receive(log.fill(page));
            } else if (one.kind === "hear of the head") log.know(head);
            else if (onTheWay.length > 0) {
              const index = one.pick % onTheWay.length;
              const [seq] = one.kind === "repeat" ? [onTheWay[index]!] : onTheWay.splice(index, 1);
              if (one.kind === "lose") continue;
              log.add(event(seq!));
              receive(log.take());
            }
            expect(log.isWhole).toBe(log.known <= given);
          }
          log.know(head);
          for (let asked = 0; !log.isWhole; asked++) {
            expect(asked).toBeLessThanOrEqual(head);
            receive(log.fill(pageOf(log, existing(), lastLimit)));
          }
          expect(given).toBe(head);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("it hands on what there still is of a history with holes", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
        fc.array(fc.integer({ min: 1, max: 60 })),
        fc.integer({ min: 1, max: 10 }),
        (some, delivered, limit) => {
          const existing = [...some].sort((one, other) => one - other);
          const log = new EventLog<Event>();
          const given: number[] = [];
          for (const seq of delivered.filter((one) => existing.includes(one))) {
            log.add(event(seq));
            given.push(...numbers(log.take()));
          }
          log.know(60);
          for (let asked = 0; !log.isWhole; asked++) {
            expect(asked).toBeLessThan(200);
            given.push(...numbers(log.fill(pageOf(log, existing, limit))));
          }
          expect(given).toEqual(existing);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/**
 * A share of the people with their phones: what they do, and what their screens hear. A process of its
 * own, told by lines of JSON what to do; says in lines of JSON what came of it.
 */
import type { Stack } from "../../shared/people.ts";
import { quantileOf } from "../statistics.ts";
import { type Action, HEARD, nextAction, REQUESTS_AN_HOUR } from "./hour.ts";
import { listen } from "./listener.ts";
import { act, type Trainee } from "./requests.ts";

/** Who they are. */
export interface Start {
  readonly stack: Stack;
  readonly trainees: readonly Trainee[];
}

/** How fast time goes, and for how long. */
export interface Step {
  readonly factor: number;
  /** Goes by before anything counts. */
  readonly leadSeconds: number;
  readonly seconds: number;
}

/** What came of a step. */
export interface StepReport {
  /** Requests that were due within it. */
  readonly due: number;
  /** Those of them that were answered when it ended. */
  readonly answeredInTime: number;
  readonly sets: number;
  readonly errors: readonly string[];
  /** Of a set, from when it was due until it was answered, in milliseconds. */
  readonly setMs: readonly number[];
  /** The same of all requests: p50, p95, p99. */
  readonly requestMs: readonly number[];
  /** Stored, lead included, and to be heard by everybody in the session. */
  readonly told: number;
  /** What the screens heard, lead included, and how late: p50, p95, p99 in milliseconds. */
  readonly heard: number;
  readonly heardMs: readonly number[];
}

const QUANTILES = [0.5, 0.95, 0.99];
/** So many open requests are no load any more but a queue. */
const MOST_UNDER_WAY = 3_000;
/** What is on its way when a step ends may still arrive. */
const SETTLE_MS = 2_000;
const JOINS_AT_ONCE = 10;

const say = (report: unknown) => console.log(JSON.stringify(report));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let delays: number[] = [];

async function start({ stack, trainees }: Start): Promise<void> {
  const waiting = [...trainees];
  await Promise.all(Array.from({ length: JOINS_AT_ONCE }, async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      await listen(stack, one, (delayMs) => delays.push(delayMs));
    }
  }));
}

async function run(
  { stack, trainees }: Start,
  { factor, leadSeconds, seconds }: Step,
): Promise<StepReport> {
  delays = [];
  const perSecond = trainees.length * REQUESTS_AN_HOUR * factor / 3600;
  const startedAt = performance.now();
  const countsFrom = startedAt + leadSeconds * 1000;
  const endsAt = countsFrom + seconds * 1000;
  const times: number[] = [];
  const setMs: number[] = [];
  const errors: string[] = [];
  const underWay = new Set<Promise<void>>();
  let [due, answeredInTime, told] = [0, 0, 0];
  const send = async (action: Action, dueAt: number) => {
    const trainee = trainees[Math.floor(Math.random() * trainees.length)]!;
    try {
      await act(stack, trainee, action);
    } catch (error) {
      errors.push(error instanceof Error ? error.message : String(error));
      return;
    }
    const now = performance.now();
    if (HEARD.includes(action)) told++;
    if (dueAt < countsFrom) return;
    if (now <= endsAt) answeredInTime++;
    times.push(now - dueAt);
    if (action === "set") setMs.push(now - dueAt);
  };
  // At random moments, as people who know nothing of each other; whoever is late is not waited for.
  for (let dueAt = startedAt; dueAt < endsAt;) {
    dueAt += -Math.log(1 - Math.random()) / perSecond * 1000;
    const wait = dueAt - performance.now();
    if (wait > 1) await pause(wait);
    if (dueAt >= countsFrom && dueAt < endsAt) due++;
    if (underWay.size > MOST_UNDER_WAY) continue;
    const request = send(nextAction(), dueAt).finally(() => underWay.delete(request));
    underWay.add(request);
  }
  await Promise.all(underWay);
  await pause(SETTLE_MS);
  return {
    due,
    answeredInTime,
    sets: setMs.length,
    errors,
    setMs: QUANTILES.map((share) => quantileOf(setMs, share)),
    requestMs: QUANTILES.map((share) => quantileOf(times, share)),
    told,
    heard: delays.length,
    heardMs: QUANTILES.map((share) => quantileOf(delays, share)),
  };
}

async function* lines(): AsyncGenerator<string> {
  let rest = "";
  for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const complete = (rest + text).split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
}

if (import.meta.main) {
  const orders = lines();
  const first = await orders.next();
  if (first.done) Deno.exit(1);
  const people: Start = JSON.parse(first.value);
  await start(people);
  say("ready");
  for await (const order of orders) say(await run(people, JSON.parse(order)));
  Deno.exit(0);
}

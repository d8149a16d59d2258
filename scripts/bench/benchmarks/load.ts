import { cpus } from "node:os";
import { startTemporaryStack, type TemporaryStack } from "../../shared/temporary_stack.ts";
import type { Benchmark, Finding, Settings } from "../benchmark.ts";
import { signedInCrowd } from "../crowd_members.ts";
import { HOUR, REQUESTS_AN_HOUR } from "../load/hour.ts";
import { type Phones, startPhones } from "../load/phones.ts";
import type { Step, StepReport } from "../load/phones_process.ts";
import { PARTS, type ProcessorTime, processorTime } from "../load/processor_time.ts";

const PEOPLE = 2_000;
const IN_A_SESSION = 5;
const PROCESSES = 2;
/** How much faster than in a gym, one step after the other. */
const FACTORS = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30];
const STEP = { leadSeconds: 2, seconds: 8 };
/** A set that takes longer at p95 is felt, and what is due but not answered piles up. */
const STABLE = { setMs: 500, answered: 0.97 };

/** An hour of a gym chain, faster and faster. */
export const load: Benchmark = {
  name: "load",
  title: "A gym chain through the whole stack",
  async run(settings) {
    const stack = await startTemporaryStack();
    try {
      return [await measure(stack, settings)];
    } finally {
      await stack.stop();
    }
  },
};

async function measure(stack: TemporaryStack, { short, log }: Settings): Promise<Finding> {
  const people = short ? 40 : PEOPLE;
  log(`${people} people in ${people / IN_A_SESSION} sessions`);
  const phones = await callPeople(stack, people);
  log("all screens listen");
  const taken: Taken[] = [];
  try {
    for (const factor of short ? [50, 100] : FACTORS) {
      const step = short ? { factor, leadSeconds: 0.2, seconds: 1 } : { factor, ...STEP };
      let one = await takeStep(stack.pid, phones, step);
      // A machine has a bad moment now and then: only what happens twice is the load's doing.
      if (!isStable(one) && !short) one = await takeStep(stack.pid, phones, step);
      taken.push(one);
      const [, p95] = one.setMs;
      log(
        `${factor} times: ${one.setsPerSecond.toFixed(0)} sets a second, p95 ${p95?.toFixed(0)} ms`,
      );
      if (!isStable(one) && !short) break;
    }
  } finally {
    await Promise.all(phones.map((one) => one.stop()));
  }
  return findingOf(taken, people);
}

async function callPeople(stack: TemporaryStack, people: number): Promise<Phones[]> {
  const crowd = await signedInCrowd(stack.endpoints, people, IN_A_SESSION);
  const trainees = crowd.map((member, index) => {
    const first = index - index % IN_A_SESSION;
    const partner = crowd[first + (index + 1) % IN_A_SESSION]!;
    return { ...member, partnerId: partner.id, logged: 0 };
  });
  const share = people / PROCESSES;
  return await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) =>
      startPhones({
        stack: stack.endpoints,
        trainees: trainees.slice(index * share, (index + 1) * share),
      })),
  );
}

interface Taken {
  factor: number;
  setsPerSecond: number;
  requestsPerSecond: number;
  /** Answered of what was due, 0 to 1. */
  answered: number;
  /** p50, p95, p99; of the slower process. */
  setMs: number[];
  heardMs: number[];
  told: number;
  heard: number;
  errors: string[];
  /** Cores that each part kept busy. */
  cores: Record<typeof PARTS[number], number> | null;
}

async function takeStep(stack: number, phones: readonly Phones[], step: Step): Promise<Taken> {
  const before = await processorTime(stack, phones.map(({ pid }) => pid));
  const startedAt = performance.now();
  const during = sampleAfter(step, stack, phones);
  const reports = await Promise.all(phones.map((one) => one.run(step)));
  const { at, time } = await during;
  return {
    factor: step.factor,
    ...summed(reports, step),
    cores: coresBusy(before, time, (at - startedAt) / 1000),
  };
}

/** Processor time when the step ends, before what is still under way is waited for. */
async function sampleAfter(
  { leadSeconds, seconds }: Step,
  stack: number,
  phones: readonly Phones[],
): Promise<{ at: number; time: ProcessorTime }> {
  await new Promise((resolve) => setTimeout(resolve, (leadSeconds + seconds) * 1000));
  return { at: performance.now(), time: await processorTime(stack, phones.map(({ pid }) => pid)) };
}

function coresBusy(before: ProcessorTime, after: ProcessorTime, seconds: number): Taken["cores"] {
  if (before === null || after === null) return null;
  const cores = { ...after };
  for (const part of PARTS) cores[part] = (after[part] - before[part]) / seconds;
  return cores;
}

function summed(reports: readonly StepReport[], { seconds }: Step) {
  const sum = (value: (report: StepReport) => number) =>
    reports.reduce((total, report) => total + value(report), 0);
  const slowest = (value: (report: StepReport) => readonly number[]) =>
    value(reports[0]!).map((_, index) => Math.max(...reports.map((one) => value(one)[index]!)));
  const answered = sum((report) => report.answeredInTime);
  const due = sum((report) => report.due);
  return {
    // Of what was answered in time; more is asked than that when it piles up.
    setsPerSecond: answered / seconds * HOUR.set / REQUESTS_AN_HOUR,
    requestsPerSecond: answered / seconds,
    answered: answered / due,
    setMs: slowest((report) => report.setMs),
    heardMs: slowest((report) => report.heardMs),
    told: sum((report) => report.told),
    heard: sum((report) => report.heard),
    errors: reports.flatMap((report) => report.errors),
  };
}

function isStable({ answered, setMs, errors }: Taken): boolean {
  return errors.length === 0 && answered >= STABLE.answered && setMs[1]! <= STABLE.setMs;
}

function findingOf(taken: readonly Taken[], people: number): Finding {
  const last = taken.filter(isStable).at(-1);
  const broken = taken.find((one) => !isStable(one));
  const errors = taken.filter(isStable).flatMap((one) => one.errors);
  const fixed = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(" / ");
  return {
    title: `${people.toLocaleString("en")} people in ${
      people / IN_A_SESSION
    } sessions, faster and faster`,
    about:
      `Each person in an hour: ${HOUR.set} sets, ${HOUR.heartbeat} signs of life, ${HOUR.reaction} ` +
      `reactions, ${HOUR.message} messages, ${HOUR.catchUp} catch-ups and ${HOUR.snapshot} snapshot through ` +
      `an edge function, ${HOUR.friends} looks at friends: ${REQUESTS_AN_HOUR} requests, at random moments, whether ` +
      "the last was answered or not. Everybody's screen listens to the session on a WebSocket of its own. " +
      `Time goes faster by the factor, ${STEP.seconds} s of each after ${STEP.leadSeconds} s that do not count, ` +
      `until it is not stable any more: p95 of a set above ${STABLE.setMs} ms, less than ` +
      `${
        100 * STABLE.answered
      } % answered in time, or an error, and the same when tried again. Times of a set are from when it was due; heard, ` +
      "from the database's clock in the event to the screen. Phones, stack and database share " +
      `${cpus().length} cores; REST is @supabase/lite, in one process with everything but PostgreSQL and ` +
      "the functions.",
    columns: [
      "factor",
      "sets/s",
      "requests/s",
      "answered",
      "set p50 / p95 / p99 (ms)",
      "heard p50 / p95 / p99 (ms)",
      "heard of told",
      "errors",
      ...PARTS.map((part) => `cores: ${part}`),
    ],
    rows: taken.map((one) => [
      String(one.factor),
      one.setsPerSecond.toFixed(1),
      one.requestsPerSecond.toFixed(0),
      `${(100 * one.answered).toFixed(0)} %`,
      fixed(one.setMs),
      fixed(one.heardMs),
      `${one.heard} of ${one.told * IN_A_SESSION}`,
      String(one.errors.length),
      ...PARTS.map((part) => one.cores?.[part].toFixed(2) ?? "–"),
    ]),
    notes: [
      last === undefined
        ? "Not stable at any factor."
        : `Stable up to ${last.factor} times: ${last.setsPerSecond.toFixed(0)} sets and ` +
          `${last.requestsPerSecond.toFixed(0)} requests a second, which is ` +
          `${Math.round(people * last.factor).toLocaleString("en")} people training at once. ` +
          `Errors: ${errors.length === 0 ? "none" : errors.length}.`,
      broken === undefined
        ? "It was stable to the end."
        : `At ${broken.factor} times it was not${busiest(broken)}.${
          broken.errors[0] ? ` First error: ${broken.errors[0]}` : ""
        }`,
    ],
  };
}

function busiest({ cores }: Taken): string {
  if (cores === null) return "";
  const total = PARTS.reduce((sum, part) => sum + cores[part], 0);
  const [most] = [...PARTS].sort((one, other) => cores[other] - cores[one]);
  return `: of ${cpus().length} cores ${total.toFixed(2)} were busy, most of all ${most} with ${
    cores[most!].toFixed(2)
  }`;
}

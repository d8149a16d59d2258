import { cpus } from "node:os";
import { startTemporaryStack } from "../../shared/temporary_stack.ts";
import type { Benchmark, Finding } from "../benchmark.ts";
import { startLogging } from "../fan_out/logging.ts";
import { mostPeople, startTraining } from "../fan_out/training.ts";
import { measureLibrary, measureWays, sampleFrame, type Told, type Way } from "../fan_out/ways.ts";
import { median, quantileOf, ratios, spread } from "../statistics.ts";
import type { Turns } from "../turns.ts";

const SUBSCRIBERS = [10, 50, 200];
const ROUNDS = 250;
const LIBRARY = { subscribers: 50, rounds: 100 };

/** A set's way to the screens of all who train along. */
export const fanOut: Benchmark = {
  name: "fan-out",
  title: "A set on everybody's screen",
  async run({ short, log }) {
    const rounds = short ? 10 : ROUNDS;
    const library = short ? { subscribers: 10, rounds: 5 } : LIBRARY;
    const stack = await startTemporaryStack();
    try {
      const training = await startTraining(stack.endpoints, mostPeople);
      const logging = await startLogging(stack.endpoints, training);
      const place = { stack: stack.endpoints, training, logging };
      try {
        const frame = await sampleFrame(place);
        const measured: Measured[] = [];
        for (const subscribers of short ? SUBSCRIBERS.slice(0, 1) : SUBSCRIBERS) {
          log(`${subscribers} subscribers, ${rounds} rounds`);
          const turns = await measureWays(place, frame, subscribers, rounds);
          measured.push({ subscribers, turns });
        }
        log(`${library.subscribers} subscribers with supabase-js, ${library.rounds} rounds`);
        const told = await measureLibrary(place, library.subscribers, library.rounds);
        const bytes = new TextEncoder().encode(frame.text).length;
        return [findingOf(measured, { ...library, told }, rounds, bytes)];
      } finally {
        await logging.close();
      }
    } finally {
      await stack.stop();
    }
  },
};

interface Measured {
  readonly subscribers: number;
  readonly turns: Turns<Way, Told>;
}

interface Library {
  readonly subscribers: number;
  readonly rounds: number;
  readonly told: readonly Told[];
}

const WAYS: Readonly<Record<Way, string>> = {
  insert: "INSERT over REST",
  commit: "its COMMIT alone",
  colyseus: "Colyseus",
  echo: "bare echo",
};

function findingOf(
  measured: readonly Measured[],
  library: Library,
  rounds: number,
  bytes: number,
): Finding {
  return {
    title: "An INSERT to the last screen, beside Colyseus and a bare WebSocket echo",
    about:
      `What tells a screen of a set is a frame of ${bytes} bytes. Milliseconds from before somebody ` +
      "sends until it is on each subscriber's socket, and on the last one's: median, and the range " +
      "of all rounds. INSERT over REST: a set as an application logs it, through REST " +
      "(@supabase/lite), policies, triggers, a durable commit, replication and Realtime. Its COMMIT " +
      "alone: the same over a connection to the database, from when COMMIT is sent, so commit, " +
      "replication and Realtime (the local stack's). Own answer: until the sender knows that it is " +
      "stored; screens do not wait for that. Colyseus: one client sends the same JSON as an object to its room, which " +
      "broadcasts it to the others, all with Colyseus's own client and packing. In that time Colyseus " +
      "stores nothing, asks no policy and keeps no history: who is away has missed it, and what a " +
      "server knew ends with it. Bare echo: a WebSocket server repeats the same frame. The servers, " +
      "Colyseus too, run on Deno, where Colyseus's own choice is Node 22. The four take " +
      `turns, ${rounds} rounds after a tenth as many to warm up. Ratios are of the times to the last ` +
      "screen: the median of each round's own. Each server is a process of its own (Realtime and " +
      "REST share one); all subscribers are in another, each on a connection of its own, so a time " +
      "includes what that process did for those before, which is to parse or unpack the frame. " +
      `${mostPeople} people are in the session; 200 subscribers are four devices of each. All share ` +
      `${cpus().length} cores. With supabase-js: ${library.rounds} rounds afterwards, with screens as ` +
      "an application builds them; one process does for all of them what each phone does once.",
    columns: [
      "subscribers: way",
      "last screen (ms)",
      "of the bare echo",
      "of Colyseus",
      "every screen p50 / p95 / p99 (ms)",
      "own answer (ms)",
    ],
    rows: [
      ...measured.flatMap(rowsOf),
      rowOf(`${library.subscribers} with supabase-js: ${WAYS.insert}`, library.told, ["–", "–"]),
    ],
    notes: measured.slice(-1).map(({ subscribers, turns: { insert, commit, colyseus } }) => {
      const [whole, committed] = [times(insert, colyseus), times(commit, colyseus)];
      return `With ${subscribers} subscribers a set takes ${whole} times as long as a message of ` +
        `Colyseus's; from its COMMIT, ${committed} times.`;
    }),
  };
}

function rowsOf({ subscribers, turns }: Measured): string[][] {
  return (Object.keys(WAYS) as Way[]).map((way) =>
    rowOf(`${subscribers}: ${WAYS[way]}`, turns[way], [
      way === "echo" ? "1" : times(turns[way], turns.echo),
      way === "colyseus" ? "1" : times(turns[way], turns.colyseus),
    ])
  );
}

function rowOf(name: string, told: readonly Told[], ratios: readonly [string, string]): string[] {
  const screens = told.flatMap(({ screensMs }) => screensMs);
  const answers = told.flatMap(({ answerMs }) => answerMs ?? []);
  return [
    name,
    spread(toTheLast(told), 1),
    ...ratios,
    [0.5, 0.95, 0.99].map((share) => quantileOf(screens, share).toFixed(1)).join(" / "),
    answers.length === 0 ? "–" : spread(answers, 1),
  ];
}

function times(told: readonly Told[], base: readonly Told[]): string {
  return median(ratios(toTheLast(told), toTheLast(base))).toFixed(1);
}

function toTheLast(told: readonly Told[]): number[] {
  return told.map(({ screensMs }) => Math.max(...screensMs));
}

import { parseArgs } from "node:util";
import type { Stack } from "../shared/people.ts";
import { startTemporaryStack } from "../shared/temporary_stack.ts";
import { Arrivals } from "./fan_out/arrivals.ts";
import { openEcho } from "./fan_out/echo.ts";
import { type Logging, startLogging } from "./fan_out/logging.ts";
import { openScreens, type ScreenKind } from "./fan_out/screens.ts";
import { mostPeople, startTraining, type Training } from "./fan_out/training.ts";
import { quantile, type Sample } from "./measure.ts";

// A set's way from the INSERT over REST through PostgreSQL, replication and Realtime to the screens
// of all who train along. Beside it the least that any way could take: a bare WebSocket server that
// repeats a message of the same size to as many sockets. They take turns, so that whatever else the
// machine does meets both.
//
// Sender and subscribers are in this one process, which gives them one clock. So a subscriber's time
// includes what this process did for those before it. With raw sockets that is one JSON.parse, the
// same in both ways; what supabase-js does beside that happens once on a phone, and here once for
// every subscriber. Hence raw sockets, unless asked otherwise.

const usage = `Usage: npm run bench:fan-out -- [options]

  --subscribers <n,…>        how many screens, one measurement each (default 50)
  --rounds <n>               sets to log in each measurement (default 300)
  --screens raw|supabase-js  what the subscribers are built with (default raw)`;

interface Options {
  subscribers: number[];
  rounds: number;
  screens: ScreenKind;
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      subscribers: { type: "string", default: "50" },
      rounds: { type: "string", default: "300" },
      screens: { type: "string", default: "raw" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  const number = (name: string, text: string, most: number) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new Error(`--${name} takes whole numbers from 1 to ${most}, not "${text}".\n\n${usage}`);
  };
  const { screens } = values;
  if (screens !== "raw" && screens !== "supabase-js") {
    throw new Error(`--screens must be "raw" or "supabase-js", not "${screens}".`);
  }
  return {
    subscribers: values.subscribers.split(",").map((text) => number("subscribers", text, 1000)),
    rounds: number("rounds", values.rounds, 100_000),
    screens,
  };
}

async function measureFanOut(count: number, { rounds, screens: kind }: Options): Promise<void> {
  const stack = await startTemporaryStack();
  try {
    const { endpoints } = stack;
    const training = await startTraining(endpoints, Math.min(mostPeople, Math.max(2, count)));
    const logging = startLogging(endpoints, training);
    const bytes = await frameBytesOf(endpoints, training, logging);
    const arrivals = new Arrivals(count);
    const screens = await openScreens(kind, endpoints, training, count, arrivals.arrived);
    const echo = await openEcho(count);
    try {
      const stored: number[] = [];
      const insert = async () => {
        const id = crypto.randomUUID();
        return await arrivals.after(id, async () => {
          const startedAt = performance.now();
          await logging.log(id);
          stored.push(performance.now() - startedAt);
        });
      };
      const times: Record<"insert" | "echo", number[][]> = { insert: [], echo: [] };
      const pauseMs = 60_000 / logging.mostAMinute;
      const warmUp = Math.ceil(rounds / 10);
      for (let round = -warmUp; round < rounds; round++) {
        if (round === 0) stored.length = 0;
        const startedAt = performance.now();
        const [insertTimes, echoTimes] = [await insert(), await echo.send(bytes)];
        if (round >= 0) {
          times.insert.push(insertTimes);
          times.echo.push(echoTimes);
        }
        const restMs = startedAt + pauseMs - performance.now();
        if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      }
      console.log(
        `\n${count} subscribers (${kind}), ${training.people.length} people in the session, ` +
          `${rounds} rounds, ${bytes} bytes a message`,
      );
      show([
        sample("bare WebSocket echo, every screen", times.echo.flat()),
        sample("INSERT to every screen", times.insert.flat()),
        sample("bare WebSocket echo, last screen", times.echo.map((all) => Math.max(...all))),
        sample("INSERT to the last screen", times.insert.map((all) => Math.max(...all))),
        sample("INSERT to its own answer", stored),
      ]);
    } finally {
      await Promise.all([screens.close(), echo.close()]);
    }
  } finally {
    await stack.stop();
  }
}

/** How long the frame is that tells of a set, in bytes: found out with one screen. */
async function frameBytesOf(stack: Stack, training: Training, logging: Logging): Promise<number> {
  let bytes = 0;
  const arrivals = new Arrivals(1);
  const screen = await openScreens("raw", stack, training, 1, (setId, atMs, frameBytes = 0) => {
    bytes = frameBytes;
    arrivals.arrived(setId, atMs);
  });
  try {
    const id = crypto.randomUUID();
    await arrivals.after(id, () => logging.log(id));
    return bytes;
  } finally {
    await screen.close();
  }
}

function sample(name: string, times: number[]): Sample {
  return { name, sorted: times.sort((a, b) => a - b) };
}

function show(samples: Sample[]): void {
  const width = Math.max(...samples.map(({ name }) => name.length));
  for (const one of samples) {
    const figures = [0.5, 0.95, 0.99].map((share) =>
      `p${100 * share} ${quantile(one, share).toFixed(2).padStart(7)} ms`
    );
    console.log(`  ${one.name.padEnd(width)}  ${figures.join("  ")}`);
  }
}

try {
  const options = readOptions();
  if (options === null) console.log(usage);
  else for (const count of options.subscribers) await measureFanOut(count, options);
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}

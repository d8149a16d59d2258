import type { Stack } from "../../shared/people.ts";
import type { SetRow } from "../sets.ts";
import { takeTurns, timed, type Turns } from "../turns.ts";
import { Arrivals } from "./arrivals.ts";
import { openColyseus } from "./colyseus.ts";
import { openEcho } from "./echo.ts";
import type { Frame } from "./frame.ts";
import type { Logging } from "./logging.ts";
import { openScreens } from "./screens.ts";
import type { Training } from "./training.ts";

// Sender and subscribers are in this one process, which gives them one clock. So a subscriber's time
// includes what this process did for those before it. With raw sockets that is one JSON.parse, the
// same for a set and for the echo; what supabase-js does beside that happens once on a phone, and
// here once for every subscriber. Hence raw sockets, but for a measurement of its own.

/** Somebody logs a set; the rest of that only; the same frame without a database. */
export type Way = "insert" | "commit" | "colyseus" | "echo";

/** How long it took, in milliseconds. */
export interface Told {
  /** To each screen. */
  readonly screensMs: readonly number[];
  /** To the sender's own answer, where there is one. */
  readonly answerMs?: number;
}

/** A session under way, and somebody to log sets in it. */
export interface Place {
  readonly stack: Stack;
  readonly training: Training;
  readonly logging: Logging;
}

// What a set causes beside its event is not to meet the turn after it. It also keeps the pace of
// 50 people, each of whom may log 60 sets a minute, at half of that.
const REST_MS = 20;

/** A frame that tells of a set, as one screen gets it. */
export async function sampleFrame({ stack, training, logging }: Place): Promise<Frame> {
  let text = "";
  const arrivals = new Arrivals(1);
  const screen = await openScreens("raw", stack, training, 1, (setId, atMs, frame = "") => {
    text = frame;
    arrivals.arrived(setId, atMs);
  });
  try {
    const row = logging.next();
    await arrivals.after(row.id, () => logging.insert(row));
    return { text, setId: row.id };
  } finally {
    await screen.close();
  }
}

/** Measures all ways in turns, with as many subscribers each, after a warm-up. */
export async function measureWays(
  place: Place,
  frame: Frame,
  count: number,
  rounds: number,
): Promise<Turns<Way, Told>> {
  const { stack, training, logging } = place;
  const arrivals = new Arrivals(count);
  const opened = [await openScreens("raw", stack, training, count, arrivals.arrived)];
  try {
    const echo = await openEcho(count, frame);
    opened.push(echo);
    const colyseus = await openColyseus(count, frame);
    opened.push(colyseus);
    return await inTurns<Way>(rounds, {
      insert: () => log(place, arrivals, (row) => Promise.resolve(() => logging.insert(row))),
      commit: () => log(place, arrivals, (row) => logging.prepare(row)),
      colyseus: async () => ({ screensMs: await colyseus.tell(crypto.randomUUID()) }),
      echo: async () => ({ screensMs: await echo.tell(crypto.randomUUID()) }),
    });
  } finally {
    await Promise.all(opened.map((one) => one.close()));
  }
}

/** Measures an INSERT with subscribers that are built with an application's library. */
export async function measureLibrary(
  place: Place,
  count: number,
  rounds: number,
): Promise<Told[]> {
  const { stack, training, logging } = place;
  const arrivals = new Arrivals(count);
  const screens = await openScreens("supabase-js", stack, training, count, arrivals.arrived);
  try {
    const { insert } = await inTurns(rounds, {
      insert: () => log(place, arrivals, (row) => Promise.resolve(() => logging.insert(row))),
    });
    return insert;
  } finally {
    await screens.close();
  }
}

/** Logs a set; only what follows its preparation is timed. */
async function log(
  { logging }: Place,
  arrivals: Arrivals,
  prepare: (row: SetRow) => Promise<() => Promise<void>>,
): Promise<Told> {
  const row = logging.next();
  const send = await prepare(row);
  let answerMs = NaN;
  const screensMs = await arrivals.after(row.id, async () => {
    answerMs = await timed(send);
  });
  return { screensMs, answerMs };
}

async function inTurns<Name extends string>(
  rounds: number,
  ways: Record<Name, () => Promise<Told>>,
): Promise<Turns<Name, Told>> {
  const rested = Object.fromEntries(
    (Object.entries(ways) as [Name, () => Promise<Told>][]).map((
      [name, way],
    ) => [name, async () => {
      const told = await way();
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      return told;
    }]),
  ) as Record<Name, () => Promise<Told>>;
  await takeTurns(Math.ceil(rounds / 10), rested);
  return await takeTurns(rounds, rested);
}

import { createClient } from "@supabase/supabase-js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLiveWorkout, memoryStorage, type Room } from "../../client/src/index.ts";
import { withDatabase } from "../helpers/database.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import { joinSession, openSession, readSnapshot, startSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { Network } from "./network.ts";

// Five thousand events later: somebody comes out of the basement, somebody else looks in for the
// first time. Both get all of it, page by page, and their screens go on drawing meanwhile.

const manyEvents = 5_000;
const closing: (() => Promise<void>)[] = [];

/** What a screen sees of catching up. */
interface Watched {
  /** Each time that progress was told: how far, and how often a timer had its turn by then. */
  progress: { have: number; of: number; turns: number }[];
  /** The numbers of the events, in the order in which they were first shown. */
  shown: number[];
}

function watch(room: Room): Watched {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const watched: Watched = { progress: [], shown: [] };
  let last = room.store.getState();
  const stop = room.store.subscribe((state) => {
    for (const { seq } of state.events.slice(last.events.length)) watched.shown.push(seq);
    const { catchUp } = state;
    if (catchUp !== null && catchUp !== last.catchUp) watched.progress.push({ ...catchUp, turns });
    last = state;
  });
  closing.push(() => {
    stop();
    clearInterval(timer);
    return Promise.resolve();
  });
  return watched;
}

function openRoomOver(url: string, person: Person, sessionId: string): Room {
  const supabase = createClient(url, runningStack().PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(person.token),
  });
  const liveWorkout = createLiveWorkout(supabase, { userId: person.id, storage: memoryStorage() });
  const room = liveWorkout.openRoom(sessionId);
  closing.push(() => room.close());
  return room;
}

/**
 * Sets, cheers and messages, five thousand together: by the database's owner, so as not to wait for
 * the limits of what a person may do a minute.
 */
async function muchHappens(sessionId: string, person: Person, other: Person): Promise<void> {
  await withDatabase(async (sql) => {
    // One transaction for all would be a long one: each event is numbered by a change of one row.
    for (let round = 0; round < manyEvents / 250; round++) {
      await sql.begin(async (transaction) => {
        await transaction`
          insert into public.live_session_sets (session_id, user_id, exercise_id, exercise_name,
            set_type, weight_kg, reps, timestamp_ms)
          select ${sessionId}, ${person.id}, 'squat', 'Squat', 'warmup', 50, 5,
            (extract(epoch from now()) * 1000)::bigint
          from generate_series(1, 25)`;
        await transaction`
          insert into public.live_session_reactions (session_id, from_user_id, to_user_id, emote)
          select ${sessionId}, ${person.id}, ${other.id}, 'fire'
          from generate_series(1, 75)`;
        await transaction`
          insert into public.live_session_messages (session_id, user_id, message)
          select ${sessionId}, ${person.id}, 'Message ' || n from generate_series(1, 150) as n`;
      });
    }
  });
}

async function log(sessionId: string): Promise<unknown[]> {
  const rows = await withDatabase((sql) =>
    sql`
      select private.event_json(e) as event from public.live_session_events e
      where e.session_id = ${sessionId} order by e.seq`
  );
  return rows.map(({ event }) => event);
}

async function isWhole(room: Room, sessionId: string): Promise<unknown[]> {
  const events = await log(sessionId);
  await expect.poll(
    () => {
      const state = room.store.getState();
      return { connection: state.connection, have: state.events.length };
    },
    { timeout: 60_000, interval: 50 },
  ).toEqual({ connection: "live", have: events.length });
  return events;
}

/** Shown while it went on, in steps that only go up, and with time for others in between. */
function expectVisibleProgress({ progress }: Watched): void {
  const have = progress.map((step) => step.have);
  expect(new Set(have).size).toBeGreaterThanOrEqual(5);
  expect(have).toEqual(have.toSorted((a, b) => a - b));
  for (const step of progress) expect(step.of).toBeGreaterThanOrEqual(step.have);
  // Between one step and the next a timer had its turn: nothing was frozen.
  const steps = progress.filter(({ have }, index) => have !== progress[index - 1]?.have);
  for (const [index, step] of steps.entries()) {
    if (index > 0) expect(step.turns).toBeGreaterThan(steps[index - 1]!.turns);
  }
}

describe("Catching up on 5,000 events", { timeout: 120_000 }, () => {
  let ann: Person;
  let ben: Person;
  let sessionId: string;

  beforeEach(async () => {
    [ann, ben] = await createPeople("Ann", "Ben");
    ({ id: sessionId } = await openSession(ann));
    await joinSession(sessionId, ben);
    await startSession(sessionId, ann);
  });

  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  it("brings all of them in order to who was without network", async () => {
    const port = Number(new URL(runningStack().API_URL).port);
    const counts = { connections: 0, cuts: 0, expiredChannels: 0, refusedTokens: 0 };
    const network = await Network.open(() => port, counts);
    closing.push(() => network.close());
    const room = openRoomOver(network.url, ben, sessionId);
    const before = (await isWhole(room, sessionId)).length;
    const watched = watch(room);

    const networkIsBack = network.openBlackHole("dead");
    await muchHappens(sessionId, ann, ben);
    networkIsBack();
    room.wake();

    const events = await isWhole(room, sessionId);
    expect(events).toHaveLength(before + manyEvents);
    expect(room.store.getState().events).toEqual(events);
    expect(watched.shown).toEqual(Array.from({ length: manyEvents }, (_, n) => before + n + 1));
    expectVisibleProgress(watched);
    const { session, participants } = await readSnapshot(sessionId, ben);
    expect(room.store.getState()).toMatchObject({
      session,
      participants: participants.map(({ lastActiveAt: _, ...participant }) => participant),
    });
  });

  it("brings all of them in order to who looks in for the first time", async () => {
    await muchHappens(sessionId, ann, ben);
    const room = openRoomOver(runningStack().API_URL, ben, sessionId);
    const watched = watch(room);

    const events = await isWhole(room, sessionId);
    expect(room.store.getState().events).toEqual(events);
    expect(watched.shown).toEqual(events.map((_, index) => index + 1));
    expectVisibleProgress(watched);
  });
});

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applyEvents, applySnapshot } from "../../client/src/store/apply.ts";
import { emptyRoom } from "../../client/src/store/state.ts";
import type { LiveSessionEvent, SessionSnapshot } from "../../client/src/types.ts";
import { runningStack } from "../helpers/stack.ts";
import { type Action, PEOPLE } from "../property/actions/action.ts";
import { setUp } from "../property/beginning.ts";
import { Command, commandsOf, prelude } from "../property/commands.ts";
import type { ModelSession, World } from "../property/world.ts";
import { type Crowd, gather } from "../races/crowd.ts";
import {
  expectEverySnapshotReached,
  expectLateAreThoseWaitedFor,
  expectLateSnapshotsAreBroughtForward,
} from "./store-history.ts";

// Whatever five people do: an older snapshot and the events since come to what a newer one says.

const RUNS = Number(process.env.PROPERTY_RUNS ?? 15);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_123);
const COMMANDS = Number(process.env.PROPERTY_COMMANDS ?? 60);

/** What the host of a session would have read of it, after each command. */
type Albums = Map<string, SessionSnapshot[]>;

async function readAs<Answer>(
  crowd: Crowd,
  session: ModelSession,
  query: string,
): Promise<Answer> {
  const [row] = await crowd.members[session.host]!.run<{ answer: Answer }>(
    `select ${query} as answer`,
    [session.id],
  );
  return row!.answer;
}

/** A command after which every session that has moved on is looked at. */
class Watched extends Command {
  private readonly albums: () => Albums;
  constructor(action: Action, albums: () => Albums) {
    super(action);
    this.albums = albums;
  }
  override async run(world: World, crowd: Crowd): Promise<void> {
    await super.run(world, crowd);
    for (const session of world.sessions) {
      const album = this.albums().get(session.id) ?? [];
      if (session.status === "ended" && album.at(-1)?.session.status === "ended") continue;
      const snapshot = await readAs<SessionSnapshot>(
        crowd,
        session,
        "get_live_session_snapshot($1)",
      );
      // To let hours pass, the model's silence moves the beginning of a session into the past.
      const { createdAt } = (album[0] ?? snapshot).session;
      album.push({ ...snapshot, session: { ...snapshot.session, createdAt } });
      this.albums().set(session.id, album);
    }
  }
}

/** The log from its beginning. */
async function readLog(crowd: Crowd, session: ModelSession): Promise<LiveSessionEvent[]> {
  const page = await readAs<{ events: LiveSessionEvent[]; hasMore: boolean }>(
    crowd,
    session,
    "get_live_session_events($1, 0, 500)",
  );
  expect(page.hasMore).toBe(false);
  return page.events;
}

let crowd: Crowd;
beforeAll(async () => {
  crowd = await gather(runningStack().DB_URL, PEOPLE);
});
afterAll(async () => {
  await crowd?.close();
});

it(`an older snapshot and the events since are a newer snapshot (seed ${SEED})`, async () => {
  let albums: Albums = new Map();
  const seen = { snapshots: 0, checks: 0, types: new Set<string>() };
  const watched = (action: Action) => new Watched(action, () => albums);
  await fc.assert(
    fc.asyncProperty(fc.boolean(), commandsOf(COMMANDS, watched), async (guided, commands) => {
      albums = new Map();
      const { model, real } = await setUp(crowd);
      for (const action of prelude(guided)) await watched(action).run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      for (const session of model.sessions) {
        const snapshots = albums.get(session.id)!;
        const log = await readLog(real, session);
        const me = model.people[session.host]!;
        expectEverySnapshotReached(me, snapshots, log);
        expectLateSnapshotsAreBroughtForward(me, snapshots, log);
        seen.checks += expectLateAreThoseWaitedFor(me, snapshots[0]!, log);
        seen.snapshots += snapshots.length;
        for (const { type } of log) seen.types.add(type);
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // The histories were rich enough to say something; a few are not enough for everything.
  expect(seen.snapshots).toBeGreaterThan(RUNS * 10);
  if (RUNS < 15) return;
  expect([...seen.types]).toEqual(
    expect.arrayContaining(["user_left", "host_changed", "leader_changed", "set_updated"]),
  );
}, 60_000 + RUNS * 5_000);

it("what it is told twice or late changes nothing", async () => {
  const albums: Albums = new Map();
  const { model, real } = await setUp(crowd);
  for (const action of prelude(true)) await new Watched(action, () => albums).run(model, real);
  const session = model.sessions[0]!;
  const [first, ...rest] = albums.get(session.id)!;
  const log = await readLog(real, session);
  const state = applyEvents(applySnapshot(emptyRoom(model.people[0]!), rest.at(-1)!), log);
  expect(applyEvents(state, log)).toBe(state);
  expect(applyEvents(state, [])).toBe(state);
  expect(applySnapshot(applySnapshot(emptyRoom("me"), rest.at(-1)!), first!).presentSeq)
    .toBe(rest.at(-1)!.lastSeq);
});

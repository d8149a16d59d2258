import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewSet } from "../../client/src/types.ts";
import { memoryStorage } from "../../client/src/outbox/storage.ts";
import type { Outbox, OutboxOptions } from "../../client/src/outbox/types.ts";
import { withDatabase } from "../helpers/database.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  leaveSession,
  openSession,
  readEvents,
  startSession,
} from "../helpers/sessions.ts";
import { Network, openOutbox } from "./outbox-devices.ts";

// The outbox on real calls and a real server, with a network between them that fails.

let network: Network;
let address: string;
const open: Outbox[] = [];

beforeEach(async () => {
  network = new Network();
  address = await network.open();
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((outbox) => outbox.close()));
  await network.close();
});

async function outboxOf(person: Person, options: Partial<OutboxOptions> = {}): Promise<Outbox> {
  const outbox = await openOutbox(person, address, options);
  open.push(outbox);
  return outbox;
}

async function activeSession(host: Person, ...others: Person[]): Promise<string> {
  const { id } = await openSession(host);
  await joinSession(id, ...others);
  await startSession(id, host);
  return id;
}

function squat(reps: number): NewSet {
  return { exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps };
}

/** What the log says that was done, in order. */
async function done(sessionId: string, person: Person): Promise<(string | number)[]> {
  const events = await readEvents(sessionId, person);
  return events.flatMap((event): (string | number)[] => {
    if (event.type === "set_completed") return [event.data.reps];
    return event.type === "message" ? [event.data.message] : [];
  });
}

/** Lets a minute pass, as far as limits go. */
async function forgetLimits(person: Person): Promise<void> {
  await withDatabase((sql) => sql`delete from private.rate_limits where user_id = ${person.id}`);
}

const states = (outbox: Outbox) => outbox.entries().map(({ state }) => state);

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("It does not happen.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("a queue that was made without a network", () => {
  it("is sent when the network is back, once and in order, over the limit of a minute", async () => {
    const alice = await createPerson("Alice");
    const id = await activeSession(alice);
    const storage = memoryStorage();
    network.line = "dead";
    const first = await outboxOf(alice, { storage });
    const made: (string | number)[] = [];
    for (let reps = 1; reps <= 110; reps++) {
      first.add({ kind: "set", sessionId: id, set: squat(reps) });
      made.push(reps);
      if (reps % 10 !== 0) continue;
      first.add({ kind: "message", sessionId: id, message: `After ${reps}` });
      made.push(`After ${reps}`);
    }
    await until(() => (first.entries()[0]?.attempts ?? 0) > 1);
    // The application is closed in the basement, and opened again upstairs.
    await first.close();
    network.line = "open";
    const second = await outboxOf(alice, { storage });
    expect(second.entries()).toHaveLength(made.length);
    await until(() => second.entries().some(({ error }) => error?.code === "rate_limited"));
    expect(await done(id, alice)).toEqual(made.slice(0, 66));
    // What the server named is a moment of its own: nobody asks before.
    second.wake();
    await second.flush();
    expect(second.entries()[66]).toMatchObject({ state: "waiting", attempts: 1 });
    await second.close();
    await forgetLimits(alice);
    const inAMinute = () => Date.now() + 61_000;
    const third = await outboxOf(alice, { storage, now: inAMinute });
    await third.whenIdle();
    expect(await done(id, alice)).toEqual(made);
  });

  it("waits for exactly as long as the server says", async () => {
    const alice = await createPerson("Alice");
    const id = await activeSession(alice);
    const outbox = await outboxOf(alice);
    const words = Array.from({ length: 21 }, (_, index) => `Word ${index}`);
    const say = (message: string) => outbox.add({ kind: "message", sessionId: id, message });
    words.slice(0, 20).forEach(say);
    await outbox.whenIdle();
    // As if it had been said seven seconds ago.
    await withDatabase((sql) =>
      sql`update private.rate_limits
        set hits = array(select h - interval '7 seconds' from unnest(hits) h)
        where user_id = ${alice.id}`
    );
    words.slice(20).forEach(say);
    await until(() => outbox.entries()[20]?.error?.code === "rate_limited");
    const { retryAt = 0 } = outbox.entries()[20] ?? {};
    expect(retryAt - Date.now()).toBeGreaterThan(500);
    await outbox.whenIdle();
    expect(Date.now()).toBeGreaterThanOrEqual(retryAt);
    expect(outbox.entries()[20]).toMatchObject({ state: "delivered", attempts: 2 });
    expect(await done(id, alice)).toEqual(words);
  });
});

describe("answers that get lost", () => {
  it("do nothing twice", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await activeSession(alice, bob);
    const outbox = await outboxOf(alice);
    network.line = "loses_answers";
    const setId = outbox.add({ kind: "set", sessionId: id, set: squat(5) });
    await until(() => network.lostAnswers >= 2);
    // It is on the server, and this device cannot know: so these are requests of their own.
    outbox.add({ kind: "set_change", sessionId: id, setId, change: { reps: 6 } });
    outbox.add({ kind: "message", sessionId: id, message: "Done" });
    outbox.add({
      kind: "reaction",
      sessionId: id,
      reaction: { toUserId: bob.id, emote: "fire" },
    });
    expect(states(outbox)).toHaveLength(4);
    network.line = "open";
    await until(() => outbox.entries()[1]?.state === "delivered");
    network.line = "loses_answers";
    const before = network.lostAnswers;
    outbox.add({ kind: "set_removal", sessionId: id, setId });
    await until(() => network.lostAnswers > before + 1);
    network.line = "open";
    await outbox.flush();
    await outbox.whenIdle();
    expect(states(outbox)).toEqual(Array(5).fill("delivered"));
    const types = (await readEvents(id, alice))
      .map(({ type }) => type)
      .filter((type) => /^(set_|message|reaction)/.test(type));
    expect(types)
      .toEqual(["set_completed", "set_updated", "message", "reaction", "set_removed"]);
  });
});

describe("what the server refuses", () => {
  it("stays with its reason, and the rest goes on", async () => {
    const alice = await createPerson("Alice");
    const id = await activeSession(alice);
    const outbox = await outboxOf(alice);
    outbox.add({ kind: "set", sessionId: id, set: squat(1) });
    const bad = outbox.add({ kind: "set", sessionId: id, set: squat(5000) });
    outbox.add({ kind: "message", sessionId: id, message: "" });
    outbox.add({ kind: "set", sessionId: id, set: squat(2) });
    await outbox.whenIdle();
    expect(states(outbox)).toEqual(["delivered", "refused", "refused", "delivered"]);
    expect(outbox.entries()[1]?.error)
      .toEqual({ code: "invalid_request", detail: "reps lies between 1 and 1000." });
    expect(outbox.entries()[2]?.error)
      .toEqual({ code: "invalid_request", detail: "message has 1 to 500 characters." });
    // Put right, it goes out again.
    outbox.add({ kind: "set_change", sessionId: id, setId: bad, change: { reps: 3 } });
    await outbox.whenIdle();
    expect(await done(id, alice)).toEqual([1, 2, 3]);
  });

  it("is everything for a session that has ended, or that one has left", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await activeSession(alice, bob);
    const [hers, his] = [await outboxOf(alice), await outboxOf(bob)];
    const setId = hers.add({ kind: "set", sessionId: id, set: squat(1) });
    await hers.whenIdle();
    await leaveSession(id, bob);
    his.add({ kind: "message", sessionId: id, message: "Bye" });
    await his.whenIdle();
    expect(his.entries()[0]).toMatchObject({
      state: "refused",
      error: { code: "not_participant" },
    });
    await endSession(id, alice);
    hers.add({ kind: "set", sessionId: id, set: squat(2) });
    hers.add({ kind: "set_change", sessionId: id, setId, change: { reps: 9 } });
    hers.add({ kind: "message", sessionId: id, message: "Bye" });
    await hers.whenIdle();
    const refused = () => hers.entries().slice(1).map(({ kind, error }) => [kind, error?.code]);
    expect(refused()).toEqual([
      ["set", "session_ended"],
      ["set_change", "session_ended"],
      ["message", "session_ended"],
    ]);
    // The change of a set that is to go is not wanted any more.
    hers.add({ kind: "set_removal", sessionId: id, setId });
    await hers.whenIdle();
    expect(refused()).toEqual([
      ["set", "session_ended"],
      ["message", "session_ended"],
      ["set_removal", "session_ended"],
    ]);
    // One that is free again is not held up by any of it.
    const next = await activeSession(alice);
    hers.add({ kind: "set", sessionId: next, set: squat(7) });
    await hers.whenIdle();
    expect(await done(next, alice)).toEqual([7]);
    expect(await done(id, alice)).toEqual([1]);
  });

  it("is not what an expired sign-in delays: that waits for a new one", async () => {
    const alice = await createPerson("Alice");
    const id = await activeSession(alice);
    const { token } = alice;
    const device = { ...alice, token: "expired" };
    const outbox = await outboxOf(device);
    outbox.add({ kind: "set", sessionId: id, set: squat(4) });
    await until(() => outbox.entries()[0]?.error?.code === "unauthenticated");
    expect(outbox.entries()[0]).toMatchObject({ state: "waiting", attempts: 1 });
    device.token = token;
    outbox.wake();
    await outbox.whenIdle();
    expect(await done(id, alice)).toEqual([4]);
  });
});

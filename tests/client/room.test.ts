import { afterEach, describe, expect, it } from "vitest";
import { withDatabase } from "../helpers/database.ts";
import {
  type FeedEntry,
  selectFeed,
  selectLeaderboard,
  selectMySets,
  selectParticipants,
  selectRestLeft,
  selectUnread,
  selectWhoIsReady,
} from "../../client/src/store/index.ts";
import { act, send, startGuided } from "../helpers/guided.ts";
import { createPeople } from "../helpers/people.ts";
import { endSession, readEvents, readSnapshot } from "../helpers/sessions.ts";
import { deviceOf } from "./devices.ts";
import { closeRooms, live, open, squat, training, words } from "./rooms.ts";
import { until } from "./sync_support/until.ts";

afterEach(closeRooms);

describe("a room", () => {
  it("shows everybody the same, and oneself at once", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice, bob);
    const [hers, his] = [open(deviceOf(alice), id), open(deviceOf(bob), id)];
    await Promise.all([hers.ready, his.ready]);
    await live(hers, his);

    // Every state in which Alice's screen is ever drawn.
    const drawn: (readonly FeedEntry[])[] = [];
    hers.store.subscribe((state) => drawn.push(selectFeed(state)));
    const setId = hers.logSet(squat(100));
    expect(selectMySets(hers.store.getState())).toMatchObject([{ setId, delivery: "pending" }]);
    const messageId = hers.say("Come on!");
    const reactionId = hers.react({ toUserId: bob.id, emote: "fire" });
    await until(() => words(his).length === 3, "Bob to see it all");
    await until(() => hers.store.getState().outbox.length === 0, "the outbox to be empty");
    expect(words(his)).toEqual(["set_completed", "Come on!", "reaction"]);
    expect(words(hers)).toEqual(words(his));

    for (const id of [setId, messageId, reactionId]) {
      const counts = drawn.map((feed) => feed.filter(({ key }) => key === id).length);
      // Once from the moment it was made, whatever is on its way: no flicker, nothing double.
      expect(new Set(counts.slice(counts.indexOf(1)))).toEqual(new Set([1]));
    }
    expect(selectMySets(hers.store.getState())).toMatchObject([{ setId, delivery: "delivered" }]);
    expect(selectLeaderboard(his.store.getState())).toMatchObject([
      { rank: 1, value: 500, participant: { userId: alice.id } },
      { rank: 2, value: 0, participant: { userId: bob.id } },
    ]);
    expect(selectUnread(his.store.getState())).toBe(2);
    his.markRead();
    expect(selectUnread(his.store.getState())).toBe(0);
    expect(selectUnread(hers.store.getState())).toBe(0);
  });

  it("amends and removes one's sets", async () => {
    const [alice] = await createPeople("Alice");
    const id = await training(alice);
    const room = open(deviceOf(alice), id);
    const [first, second] = [room.logSet(squat(60)), room.logSet(squat(80))];
    const stored = () => room.store.getState().sets.get(alice.id);
    await until(() => stored()?.size === 2, "both sets to be stored");

    room.amendSet(first, { reps: 8 });
    room.removeSet(second);
    expect(selectMySets(room.store.getState())).toMatchObject([
      { setId: first, reps: 8, delivery: "pending" },
    ]);
    await until(
      () => stored()?.get(first)?.reps === 8 && stored()?.get(second)?.removedAt !== undefined,
      "the log to have both",
    );
    await until(() => room.store.getState().outbox.length === 0, "the outbox to be empty");
    expect(selectMySets(room.store.getState())).toMatchObject([
      { setId: first, reps: 8, delivery: "delivered" },
    ]);
    expect(room.store.getState().participants).toMatchObject([
      { setsCompleted: 1, totalVolumeKg: 480 },
    ]);
  });

  it("takes what is made in the basement, even if the app is closed there", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice, bob);
    const device = deviceOf(alice);
    const room = open(device, id);
    await live(room);
    await device.setOnline(false);
    const sets = [60, 70, 80].map((weight) => room.logSet(squat(weight)));
    room.say("Nobody hears me");
    await until(() => room.store.getState().connection === "offline", "it to be offline");
    expect(words(room)).toEqual([...sets.map(() => "own set pending"), "own message pending"]);
    await room.close();
    await device.liveWorkout.close();

    const again = open(deviceOf(alice, device.storage), id);
    await live(again);
    await until(() => again.store.getState().outbox.length === 0, "the outbox to be empty");
    expect(words(again)).toEqual([...sets.map(() => "set_completed"), "Nobody hears me"]);
    expect(selectMySets(again.store.getState()).map(({ setId }) => setId)).toEqual(sets);
    expect((await readEvents(id, bob)).filter(({ type }) => type === "set_completed"))
      .toHaveLength(3);
  });

  it("keeps what is made in the moment between opening and closing", async () => {
    const [alice] = await createPeople("Alice");
    const id = await training(alice);
    const device = deviceOf(alice);
    const brief = open(device, id);
    const setId = brief.logSet(squat(100));
    await brief.close();
    const room = open(device, id);
    await until(() => room.store.getState().sets.get(alice.id)?.has(setId) === true, "the set");
  });

  it("says what was refused, and why", async () => {
    const [alice] = await createPeople("Alice");
    const id = await training(alice);
    const room = open(deviceOf(alice), id);
    const long = room.say("!".repeat(501));
    await until(() => words(room).includes("own message refused"), "a refusal");
    expect(room.store.getState().outbox).toMatchObject([{
      id: long,
      error: { code: "invalid_request" },
    }]);
    room.dismiss(long);
    expect(words(room)).toEqual([]);
    // The outbox goes on.
    room.say("Short");
    await until(() => words(room).includes("Short"), "the next one to arrive");
  });

  it("shows a session that has ended as it was", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice, bob);
    const room = open(deviceOf(bob), id);
    room.say("The last one");
    await until(() => words(room).includes("The last one"), "the message");
    await endSession(id, alice);
    await until(() => room.store.getState().session?.status === "ended", "the end");
    expect(selectParticipants(room.store.getState())).toHaveLength(2);
    const again = open(deviceOf(bob), id);
    await live(again);
    expect(again.store.getState().events).toEqual(room.store.getState().events);
    expect(selectParticipants(again.store.getState())).toHaveLength(2);
  });

  it("gives signs of life while it is open, and none afterwards", async () => {
    const [alice] = await createPeople("Alice");
    const id = await training(alice);
    const device = deviceOf(alice);
    const room = open(device, id, { heartbeatMs: 300 });
    const beats = () => device.requests.filter((path) => path.endsWith("/heartbeat_presence"));
    room.logSet(squat(100));
    await until(() => beats().length >= 3, "some signs of life");
    const presence = await withDatabase((sql) =>
      sql`select w.current_exercise_id, w.current_exercise_name, w.status::text
        from public.workout_presence w where w.user_id = ${alice.id}`
    );
    expect([...presence]).toEqual([
      { current_exercise_id: "squat", current_exercise_name: "Squat", status: "idle" },
    ]);
    await room.close();
    const before = device.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(device.requests.length).toBe(before);
    expect(device.supabase.getChannels()).toEqual([]);
  });

  it("may be open several times, with one outbox for all", async () => {
    const [alice] = await createPeople("Alice");
    const id = await training(alice);
    const device = deviceOf(alice);
    const [one, other] = [open(device, id), open(device, id)];
    await live(one, other);
    expect(device.supabase.getChannels()).toHaveLength(1);
    const message = one.say("Once");
    expect(other.store.getState().outbox).toMatchObject([{ id: message }]);
    await until(() => words(other).includes("Once"), "the message");
    await one.close();
    other.say("Twice");
    await until(() => words(other).includes("Twice"), "the next message");
    expect(words(other)).toEqual(["Once", "Twice"]);
    await other.close();
    await other.close();
    expect(device.supabase.getChannels()).toEqual([]);
  });

  it("has a clock for rests, tells who is ready, and asks where events leave doubt", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await startGuided(alice, [bob]);
    const room = open(deviceOf(bob), id);
    await live(room);
    await act(id, alice, "rest", { seconds: 60 });
    await until(() => selectRestLeft(room.store.getState(), Date.now()) > 0, "a rest");
    const left = selectRestLeft(room.store.getState(), Date.now());
    const { session, serverNow } = await readSnapshot(id, alice);
    expect(Math.abs(left - (session.restEndsAt! - serverNow))).toBeLessThan(1_000);
    expect(Math.abs(room.serverNow() - serverNow)).toBeLessThan(1_000);

    await send(id, alice, "ready-check", { deadlineSeconds: 60, policy: "all" });
    await until(() => room.store.getState().readyCheck !== null, "a check");
    expect(selectWhoIsReady(room.store.getState()).waitingFor.map(({ userId }) => userId))
      .toEqual([bob.id]);
    await send(id, bob, "ready", { isReady: true });
    await until(() => room.store.getState().readyCheck === null, "its end");

    // The clock ends the rest in the name of the host, who leads as well.
    await withDatabase((sql) => sql`select private.run_clock(now() + interval '70 seconds')`);
    await until(
      () => room.store.getState().events.at(-1)?.type === "rest_ended",
      "the end of the rest",
    );
    await until(() => !room.store.getState().needsSnapshot, "the doubt to be settled", 5_000);
    expect(room.store.getState().session).toEqual((await readSnapshot(id, bob)).session);
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { Friends } from "../../client/src/friends/interface.ts";
import { subscribeToFriendsPresence } from "../../client/src/friends/subscribe.ts";
import type { WorkoutPresence } from "../../client/src/types.ts";
import { withDatabase } from "../helpers/database.ts";
import { inviteTo } from "../helpers/invitations.ts";
import { befriend, block, createCrowd, createPeople } from "../helpers/people.ts";
import { leaveSession, openSession } from "../helpers/sessions.ts";
import { deviceOf } from "./devices.ts";
import { closeFriends, open } from "./friends-lists.ts";
import { quiet, until } from "./sync_support/until.ts";

afterEach(closeFriends);

/** Who is shown, and what they do. */
function shown({ store }: Friends): [string, string | undefined][] {
  return store.getState().presences
    .map(({ displayName, currentExerciseId }) => [displayName, currentExerciseId]);
}

describe("friends who train", () => {
  it("appear, move on, and disappear when they have finished", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    await befriend(alice, bob, carol);
    const [bobs, carols] = [deviceOf(bob), deviceOf(carol)];
    await bobs.liveWorkout.presence.heartbeat({ exerciseId: "squat" });
    const friends = await open(deviceOf(alice));
    expect(shown(friends)).toEqual([["Bob", "squat"]]);

    await carols.liveWorkout.presence.heartbeat({ exerciseId: "bench" });
    await bobs.liveWorkout.presence.heartbeat({ exerciseId: "row" });
    await until(() => shown(friends).length === 2, "both to be shown");
    // Whoever began last comes first.
    await until(() => shown(friends)[1]?.[1] === "row", "Bob to row");
    expect(shown(friends)).toEqual([["Carol", "bench"], ["Bob", "row"]]);

    await bobs.liveWorkout.presence.heartbeat({ status: "finished" });
    await until(() => shown(friends).length === 1, "Bob to have finished");
    const { id } = await openSession(carol);
    await until(() => friends.store.getState().presences[0]?.isInLiveSession === true, "Carol");
    await leaveSession(id, carol);
    await until(() => shown(friends).length === 0, "Carol to have left");
  });

  it("disappear when they hide, are no friends any more, or block", async () => {
    const [alice, bob, carol, dave, erin] = await createPeople(
      "Alice",
      "Bob",
      "Carol",
      "Dave",
      "Erin",
    );
    await befriend(alice, bob, carol, dave, erin);
    const others = [bob, carol, dave, erin].map((person) => deviceOf(person).liveWorkout);
    for (const { presence } of others) await presence.heartbeat();
    const friends = await open(deviceOf(alice));
    const names = () => shown(friends).map(([name]) => name).sort();
    expect(names()).toEqual(["Bob", "Carol", "Dave", "Erin"]);

    await others[0]!.presence.setVisible(false);
    await until(() => !names().includes("Bob"), "Bob to hide");
    await others[1]!.presence.hideFrom(alice.id);
    await until(() => !names().includes("Carol"), "Carol to hide");
    await withDatabase((sql) =>
      sql`delete from public.friendships where user_id = ${alice.id} and friend_id = ${dave.id}`
    );
    await until(() => !names().includes("Dave"), "Dave to be no friend");
    await block(erin, alice);
    await until(() => !names().includes("Erin"), "Erin to block");

    // Who shows again is seen again, when the list is read the next time.
    await others[1]!.presence.showTo(alice.id);
    friends.wake();
    await until(() => names().includes("Carol"), "Carol to show again");
    await others[1]!.presence.heartbeat({ exerciseId: "squat" });
    await until(() => shown(friends)[0]?.[1] === "squat", "her squats");
    expect(names()).toEqual(["Carol"]);
  });

  it("appear when they have become friends", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await deviceOf(bob).liveWorkout.presence.heartbeat();
    const friends = await open(deviceOf(alice), { pollMs: 200 });
    expect(shown(friends)).toEqual([]);
    await befriend(alice, bob);
    await until(() => shown(friends).length === 1, "the new friend");
  });

  it("disappear when nothing is heard of them", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    await befriend(alice, bob, carol);
    await deviceOf(bob).liveWorkout.presence.heartbeat();
    const friends = await open(deviceOf(alice), { pollMs: 200 });
    expect(shown(friends)).toHaveLength(1);
    // The server's clock decides, and says nothing by itself.
    await withDatabase((sql) =>
      sql`update public.workout_presence set last_updated_at = now() - interval '6 minutes'
        where user_id = ${bob.id}`
    );
    await until(() => shown(friends).length === 0, "Bob to be gone");

    // Without a network it is the device that decides.
    const device = deviceOf(alice);
    const offline = await open(device, { staleMs: 1_500 });
    await deviceOf(carol).liveWorkout.presence.heartbeat();
    await until(() => shown(offline).length === 1, "Carol");
    await device.setOnline(false);
    await until(() => offline.store.getState().connection === "offline", "it to be offline");
    await until(() => shown(offline).length === 0, "Carol to be gone");
  });

  it("are not missed while the network is away", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const device = deviceOf(alice);
    const friends = await open(device);
    await device.setOnline(false);
    await until(() => friends.store.getState().connection === "offline", "it to be offline");
    const { id } = await openSession(bob);
    await inviteTo(id, bob, alice);
    await device.setOnline(true);
    friends.wake();
    await until(() => shown(friends).length === 1, "Bob", 15_000);
    await until(() => friends.store.getState().invitations.length === 1, "the invitation");
    await until(() => friends.store.getState().connection === "live", "it to be live", 15_000);
  });

  it("may be more than there can be channels", async () => {
    const [alice, ...crowd] = await createCrowd(8);
    await befriend(alice!, ...crowd);
    const trainee = crowd[6]!;
    const others = new Map(crowd.map((person) => [person.id, deviceOf(person)]));
    await others.get(trainee.id)!.liveWorkout.presence.heartbeat();
    const device = deviceOf(alice!);
    const friends = await open(device, { mostChannels: 3, pollMs: 300 });
    const topics = () => device.supabase.getChannels().map(({ topic }) => topic);
    // One's own, and three; who trains is among them.
    expect(topics()).toHaveLength(4);
    expect(topics()).toContain(`realtime:workout_presence:${trainee.id}`);
    const unheard = crowd.find(({ id }) => !topics().some((topic) => topic.includes(id)))!;
    await others.get(unheard.id)!.liveWorkout.presence.heartbeat();
    await until(() => shown(friends).length === 2, "who has no channel");
    await until(
      () => topics().includes(`realtime:workout_presence:${unheard.id}`),
      "a channel for who trains",
    );
    expect(topics()).toHaveLength(4);
  });
});

describe("subscribeToFriendsPresence", () => {
  it("calls back for who trains, for every change, and when it is over", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const { presence } = deviceOf(bob).liveWorkout;
    await presence.heartbeat({ exerciseId: "squat" });
    const device = deviceOf(alice);
    const heard: WorkoutPresence[] = [];
    const stop = subscribeToFriendsPresence(device.supabase, (one) => heard.push(one));
    await until(() => heard.length === 1, "Bob");
    await until(
      () => device.supabase.getChannels().some(({ state }) => state === "joined"),
      "a channel",
    );
    await quiet(500);
    await presence.heartbeat({ exerciseId: "row" });
    await until(() => heard.length === 2, "his rowing");
    await presence.hideFrom(alice.id);
    await until(() => heard.length === 3, "him to hide");
    expect(heard.map(({ status, currentExerciseId }) => [status, currentExerciseId])).toEqual([
      ["working_out", "squat"],
      ["working_out", "row"],
      ["finished", undefined],
    ]);
    stop();
    await until(() => device.supabase.getChannels().length === 0, "the channels to be left");
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { selectParticipants } from "../../client/src/store/index.ts";
import { createPeople } from "../helpers/people.ts";
import { leaveSession, readSnapshot, removeFromSession } from "../helpers/sessions.ts";
import { deviceOf } from "./devices.ts";
import { closeRooms, fallSilent, live, open, squat, training, words } from "./rooms.ts";
import { until } from "./sync_support/until.ts";

afterEach(closeRooms);

describe("a room", () => {
  it("joins again who was taken for gone, and not who left", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const id = await training(alice, bob, carol);
    const [bobs, carols] = [open(deviceOf(bob), id), open(deviceOf(carol), id)];
    await live(bobs, carols);
    await fallSilent(id, bob);
    const stays = () =>
      bobs.store.getState().events.filter(({ userId }) => userId === bob.id)
        .map(({ type }) => type);
    await until(() => stays().length === 3, "Bob to be back");
    expect(stays()).toEqual(["user_joined", "user_left", "user_joined"]);
    await live(bobs);
    bobs.say("I was asleep");
    await until(() => words(carols).includes("I was asleep"), "Carol to hear it");
    await until(() => bobs.store.getState().outbox.length === 0, "Bob to hear himself");
    expect(words(bobs)).toEqual(["I was asleep"]);

    await leaveSession(id, carol);
    await until(() => carols.store.getState().connection === "closed", "Carol's room to close");
    expect(carols.store.getState().closedReason?.code).toBe("not_participant");
    expect(() => carols.say("Still here")).toThrow("closed");
    expect(selectParticipants(bobs.store.getState()).map(({ userId }) => userId))
      .toEqual([alice.id, bob.id]);
  });

  it("comes back when it was asleep while it was taken for gone", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice, bob);
    const device = deviceOf(bob);
    const room = open(device, id);
    await live(room);
    await device.setOnline(false);
    await until(() => room.store.getState().connection === "offline", "it to be offline");
    const set = room.logSet(squat(50));
    await fallSilent(id, bob);
    await device.setOnline(true);
    room.wake();
    await until(() => room.store.getState().sets.get(bob.id)?.has(set) === true, "the set");
    expect((await readSnapshot(id, alice)).participants).toMatchObject([
      { userId: alice.id },
      { userId: bob.id, setsCompleted: 1 },
    ]);
  });

  it("closes for who was removed, and does not open for who is not in it", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    const id = await training(alice, bob);
    const room = open(deviceOf(bob), id);
    await live(room);
    await removeFromSession(id, alice, bob);
    await until(() => room.store.getState().connection === "closed", "the room to close");
    expect(room.store.getState().closedReason).not.toBeNull();

    const outside = open(deviceOf(carol), id);
    await expect(outside.ready).rejects.toMatchObject({ code: "not_participant" });
    const nowhere = open(deviceOf(carol), crypto.randomUUID());
    await expect(nowhere.ready).rejects.toMatchObject({ code: "session_not_found" });
  });
});

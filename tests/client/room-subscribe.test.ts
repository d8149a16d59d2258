import { afterEach, describe, expect, it } from "vitest";
import type { LiveWorkoutError } from "../../client/src/errors.ts";
import { subscribeToLiveSession } from "../../client/src/room/subscribe.ts";
import type { LiveSessionEvent } from "../../client/src/types.ts";
import { createPeople } from "../helpers/people.ts";
import { deviceOf } from "./devices.ts";
import { closeRooms, open, training } from "./rooms.ts";
import { until } from "./sync_support/until.ts";

afterEach(closeRooms);

describe("subscribeToLiveSession", () => {
  it("calls back for what happens from now on, each event once and in order", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice, bob);
    const device = deviceOf(bob);
    const events: LiveSessionEvent[] = [];
    const stop = subscribeToLiveSession(device.liveWorkout, id, (event) => events.push(event));
    const all: LiveSessionEvent[] = [];
    const stopAll = subscribeToLiveSession(device.supabase, id, (event) => all.push(event), {
      after: 0,
    });
    await until(() => all.length === 3, "what happened before");
    const room = open(deviceOf(alice), id);
    for (let index = 0; index < 15; index++) room.say(`${index}`);
    await until(() => all.length === 18 && events.length >= 15, "all messages");
    expect(events.map(({ seq }) => seq)).toEqual(all.slice(3).map(({ seq }) => seq));
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index + 1));
    stop();
    stopAll();
    await until(() => device.supabase.getChannels().length === 0, "the channel to be left");
  });

  it("tells when it is over", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const id = await training(alice);
    const reason = await new Promise<LiveWorkoutError>((resolve) =>
      subscribeToLiveSession(deviceOf(bob).supabase, id, () => {}, { onClosed: resolve })
    );
    expect(reason.code).toBe("not_participant");
  });
});

import { openFriends } from "../../client/src/friends/friends.ts";
import type { Friends, FriendsOptions } from "../../client/src/friends/interface.ts";
import { type Device, switchOff } from "./devices.ts";
import { until } from "./sync_support/until.ts";

const opened: Friends[] = [];

/** Opens a friends' list and waits until it is live; to be closed after the test. */
export async function open(device: Device, options?: FriendsOptions): Promise<Friends> {
  const friends = openFriends(device.liveWorkout, options);
  opened.push(friends);
  await until(() => friends.store.getState().connection === "live", "it to be live");
  return friends;
}

/** Closes all lists and switches all devices off. To be called after each test. */
export async function closeFriends(): Promise<void> {
  await Promise.all(opened.splice(0).map((friends) => friends.close()));
  await switchOff();
}

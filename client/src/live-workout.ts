import { createCalls } from "./calls/calls.ts";
import type { LiveWorkoutContext, LiveWorkoutOptions } from "./context.ts";
import type { LiveWorkoutSupabase } from "./database.ts";
import type { Friends, FriendsOptions } from "./friends/interface.ts";
import { openFriends } from "./friends/friends.ts";
import { createIdentity } from "./identity.ts";
import { ownOutbox } from "./own-outbox.ts";
import { defaultStorage } from "./outbox/storage.ts";
import type { Room, RoomOptions } from "./room/interface.ts";
import { openRoom } from "./room/room.ts";

/** Everything that an application does with this backend, as whoever is signed in. */
export interface LiveWorkout extends LiveWorkoutContext {
  /** Opens a session that one is in (`sessions.join` comes first): all that a screen shows of it. */
  openRoom(sessionId: string, options?: RoomOptions): Room;
  /** Opens the list of friends who train, with the invitations that come. */
  openFriends(options?: FriendsOptions): Friends;
  /** Stops sending what is unsent, which stays in the storage. Rooms are closed one by one. */
  close(): Promise<void>;
}

/**
 * Makes the client of this backend from a client of supabase-js. One is enough for an application,
 * whoever signs in and out meanwhile.
 */
export function createLiveWorkout(
  supabase: LiveWorkoutSupabase,
  options: LiveWorkoutOptions = {},
): LiveWorkout {
  const storage = options.storage ?? defaultStorage();
  const calls = createCalls(supabase);
  const identity = createIdentity(supabase, storage, options.userId);
  const clock = { offsetMs: 0 };
  const outboxes = ownOutbox({ calls, clock, identity, storage, ...options });
  const context: LiveWorkoutContext = {
    ...calls,
    supabase,
    storage,
    clock,
    userId: identity.required,
    outbox: outboxes.open,
  };
  return {
    ...context,
    openRoom: (sessionId, roomOptions) => openRoom(context, sessionId, roomOptions),
    openFriends: (friendsOptions) => openFriends(context, friendsOptions),
    close: async () => {
      identity.close();
      await outboxes.close();
    },
  };
}

import { createCalls } from "../calls/calls.ts";
import type { LiveWorkoutSupabase } from "../database.ts";
import type { WorkoutPresence } from "../types.ts";
import { openFriends } from "./friends.ts";
import type { FriendsContext } from "./interface.ts";

/**
 * Calls back for every friend who trains, at once and whenever what they do changes; with the status
 * `finished` when they have, or when it is not to be seen any more. The function returned ends it.
 */
export function subscribeToFriendsPresence(
  client: LiveWorkoutSupabase | FriendsContext,
  callback: (presence: WorkoutPresence) => void,
): () => void {
  const context = "presence" in client
    ? client
    : { supabase: client, clock: { offsetMs: 0 }, ...createCalls(client) };
  const friends = openFriends(context, { follow: "presence", onPresence: callback });
  return () => void friends.close();
}

import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Stack } from "../../shared/people.ts";
import type { Training } from "./training.ts";

/** Logs sets as an application does, the people of a session taking turns. */
export interface Logging {
  /** Inserts a set with this id; resolves when the database has answered. */
  log(setId: string): Promise<void>;
  /** How many sets a minute nobody is refused: each person has a limit of their own. */
  readonly mostAMinute: number;
}

const mostAMinuteEach = 60;

/** Prepares to log sets over REST, with one client for each person. */
export function startLogging(stack: Stack, { sessionId, people }: Training): Logging {
  const clients: SupabaseClient[] = people.map(({ token }) =>
    createClient(stack.API_URL, stack.PUBLISHABLE_KEY, {
      accessToken: () => Promise.resolve(token),
    })
  );
  let turn = 0;
  return {
    mostAMinute: mostAMinuteEach * people.length,
    async log(setId) {
      const index = turn++ % people.length;
      const { error } = await clients[index]!.from("live_session_sets").insert({
        id: setId,
        session_id: sessionId,
        user_id: people[index]!.id,
        exercise_id: "bench-press",
        exercise_name: "Bench Press",
        set_type: "working",
        weight_kg: 80,
        reps: 8,
        timestamp_ms: Date.now(),
      });
      if (error) throw new Error(`A set was not stored: ${error.message}`);
    },
  };
}

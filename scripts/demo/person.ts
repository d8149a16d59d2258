import {
  createLiveWorkout,
  type LiveWorkout,
  LiveWorkoutError,
} from "@live-workout-together/client";
import { clientFor, type Target } from "./target.ts";

const PASSWORD = Deno.env.get("DEMO_PASSWORD") ?? "train-together";

/** Somebody who is signed in on a phone of their own. */
export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly liveWorkout: LiveWorkout;
  /** Puts the phone away. */
  close(): Promise<void>;
}

/**
 * Signs somebody in.
 *
 * @throws Error if Auth does not take the address and password
 */
export async function signIn(target: Target, email: string): Promise<Person> {
  const supabase = clientFor(target);
  const { data, error } = await supabase.auth.signInWithPassword({ email, password: PASSWORD });
  if (error) throw new Error(`${email} could not sign in: ${error.message}.`);
  const liveWorkout = createLiveWorkout(supabase);
  return {
    id: data.user.id,
    displayName: String(data.user.user_metadata.display_name ?? email.split("@")[0]),
    liveWorkout,
    close: async () => {
      await liveWorkout.close();
      await supabase.removeAllChannels();
    },
  };
}

/** Lets somebody leave the session they still stand in, from a demo that was broken off. */
export async function leaveOpenSessions({ liveWorkout: { sessions } }: Person): Promise<void> {
  for (const status of ["pending", "active"] as const) {
    const { items } = await sessions.browse({ scope: "mine", status });
    for (const session of items) {
      try {
        await sessions.leave(session.id);
      } catch (error) {
        // They have left it already.
        if (!(error instanceof LiveWorkoutError) || error.isRetryable) throw error;
      }
    }
  }
}

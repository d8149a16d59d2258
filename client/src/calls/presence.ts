import type { LiveWorkoutSupabase } from "../database.ts";
import { LiveWorkoutError } from "../errors.ts";
import type { LiveTopics, ParticipantStatus, PresenceSettings, WorkoutPresence } from "../types.ts";
import type { CallOptions } from "./options.ts";
import { askDatabase, callFunction } from "./table.ts";

/** What somebody does right now. */
export interface Activity {
  readonly status?: ParticipantStatus | undefined;
  readonly exerciseId?: string | undefined;
  readonly exerciseName?: string | undefined;
}

/** Who trains right now, and who may know it. Everything raises `LiveWorkoutError`. */
export interface PresenceCalls {
  /** Says that one is training, and at what; to be called once a minute. */
  heartbeat(activity?: Activity, options?: CallOptions): Promise<WorkoutPresence>;
  /** What one does in a session, as the others see it. */
  setStatus(
    sessionId: string,
    status: ParticipantStatus,
    exerciseId?: string | null,
    options?: CallOptions,
  ): Promise<void>;
  /** The friends who are training now, latest first. */
  friends(options?: CallOptions): Promise<WorkoutPresence[]>;
  /** To whom one shows that one trains. */
  settings(options?: CallOptions): Promise<PresenceSettings>;
  /** Shows to friends that one trains, or to nobody. */
  setVisible(visible: boolean, options?: CallOptions): Promise<PresenceSettings>;
  /** Hides from one friend that one trains. */
  hideFrom(userId: string, options?: CallOptions): Promise<PresenceSettings>;
  /** Takes that back. */
  showTo(userId: string, options?: CallOptions): Promise<PresenceSettings>;
  /** The channels to listen to: one's own, and one for each friend. */
  topics(options?: CallOptions): Promise<LiveTopics>;
}

/** The calls about presence, as whoever is signed in. */
export function presenceCalls(supabase: LiveWorkoutSupabase): PresenceCalls {
  return {
    heartbeat: ({ status, exerciseId, exerciseName } = {}, options) =>
      callFunction(supabase, options, "heartbeat_presence", {
        ...(status === undefined ? {} : { status }),
        ...(exerciseId === undefined ? {} : { exercise_id: exerciseId }),
        ...(exerciseName === undefined ? {} : { exercise_name: exerciseName }),
      }),
    setStatus: async (sessionId, status, exerciseId, options) => {
      const changed = await askDatabase(
        supabase,
        options,
        (database) =>
          // Of these rows one's own is the only one that one may change.
          database.from("live_session_participants").update({
            status,
            ...(exerciseId === undefined ? {} : { current_exercise_id: exerciseId }),
          }).eq("session_id", sessionId).select("id"),
      );
      if (changed.length > 0) return;
      const detail = "You are not in this session.";
      throw new LiveWorkoutError({ code: "not_participant", detail, status: 403 });
    },
    friends: (options) => callFunction(supabase, options, "friends_presence", {}),
    settings: (options) => callFunction(supabase, options, "get_presence_settings", {}),
    setVisible: (visible, options) =>
      callFunction(supabase, options, "set_presence_visibility", { visible }),
    hideFrom: (user_id, options) =>
      callFunction(supabase, options, "hide_presence_from", { user_id }),
    showTo: (user_id, options) => callFunction(supabase, options, "show_presence_to", { user_id }),
    topics: (options) => callFunction(supabase, options, "live_topics", {}),
  };
}

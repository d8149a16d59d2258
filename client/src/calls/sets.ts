import type { LiveWorkoutSupabase } from "../database.ts";
import { LiveWorkoutError } from "../errors.ts";
import { newId } from "../ids.ts";
import type { LoggedSets, NewSet, QueuedSet, SetChange } from "../types.ts";
import type { CallOptions } from "./options.ts";
import { askDatabase, callFunction } from "./table.ts";

/** One's own sets. Everything raises `LiveWorkoutError`. */
export interface SetCalls {
  /** Logs a set and hands its id back. With the same id again it changes nothing, and succeeds. */
  log(sessionId: string, set: NewSet, options?: CallOptions): Promise<string>;
  /** Logs up to 200 sets, with a verdict for each. */
  logAll(
    sessionId: string,
    sets: readonly QueuedSet[],
    options?: CallOptions,
  ): Promise<LoggedSets>;
  /** Amends a set, while the session is active; `not_found` if there is none of one's own. */
  amend(setId: string, change: SetChange, options?: CallOptions): Promise<void>;
  /** Removes a set, while the session is active; one that is gone already stays so. */
  remove(setId: string, options?: CallOptions): Promise<void>;
}

/** The calls about sets, as whoever is signed in. */
export function setCalls(supabase: LiveWorkoutSupabase): SetCalls {
  return {
    log: async (sessionId, set, options) => {
      const { id = newId(), timestampMs = Date.now(), exerciseId, exerciseName, weightKg, reps } =
        set;
      const row = {
        ...columns(set),
        id,
        session_id: sessionId,
        timestamp_ms: timestampMs,
        exercise_id: exerciseId,
        exercise_name: exerciseName,
        weight_kg: weightKg,
        reps,
      };
      await askDatabase(
        supabase,
        options,
        (database) => database.from("live_session_sets").insert(row),
      );
      return id;
    },
    logAll: (sessionId, sets, options) =>
      callFunction(supabase, options, "log_live_sets", { session_id: sessionId, sets: [...sets] }),
    amend: async (setId, change, options) => {
      const changed = await askDatabase(
        supabase,
        options,
        (database) =>
          database.from("live_session_sets").update(columns(change)).eq("id", setId).select("id"),
      );
      if (changed.length > 0) return;
      const detail = "There is no such set of yours.";
      throw new LiveWorkoutError({ code: "not_found", detail, status: 404 });
    },
    remove: async (setId, options) => {
      await askDatabase(
        supabase,
        options,
        (database) => database.from("live_session_sets").delete().eq("id", setId),
      );
    },
  };
}

/** A set's members under the names of its columns; what is not given is not there. */
function columns(set: SetChange) {
  const all = {
    exercise_id: set.exerciseId,
    exercise_name: set.exerciseName,
    set_type: set.setType,
    weight_kg: set.weightKg,
    reps: set.reps,
    timestamp_ms: set.timestampMs,
    intensity_score: set.intensityScore,
  };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as { [Column in keyof typeof all]?: Exclude<(typeof all)[Column], undefined> };
}

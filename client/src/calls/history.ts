import type { LiveWorkoutSupabase } from "../database.ts";
import type { NewSet, PersonalData } from "../types.ts";
import type { CallOptions } from "./options.ts";
import { askDatabase, callFunction } from "./table.ts";

/** A set that was logged, with what the server made of it. */
export interface PastSet extends Required<Omit<NewSet, "intensityScore">> {
  readonly sessionId: string;
  readonly userId: string;
  /** Estimated one-repetition maximum, in kg. */
  readonly e1rmKg?: number;
  readonly isPR: boolean;
  readonly intensityScore?: number;
}

/** A workout that is over. */
export interface Workout {
  readonly id: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly routineName?: string;
  readonly sets: readonly {
    readonly id: string;
    readonly exerciseId: string;
    readonly weightKg: number;
    readonly reps: number;
    readonly timestampMs: number;
  }[];
}

/** Which part of a history, latest first. */
export interface HistoryQuery {
  /** Only what is earlier than this, in ms since the epoch. */
  readonly before?: number | undefined;
  /** At most so many; 50 unless given. */
  readonly limit?: number | undefined;
}

/** What one did so far. Everything raises `LiveWorkoutError`. */
export interface HistoryCalls {
  /** One's finished workouts. */
  workouts(query?: HistoryQuery, options?: CallOptions): Promise<Workout[]>;
  /** One's sets of an exercise, or of all, in whichever session. */
  sets(
    userId: string,
    query?: HistoryQuery & { readonly exerciseId?: string | undefined },
    options?: CallOptions,
  ): Promise<PastSet[]>;
  /** Everything that is stored about oneself. */
  exportMyData(options?: CallOptions): Promise<PersonalData>;
}

/** The calls about one's history, as whoever is signed in. */
export function historyCalls(supabase: LiveWorkoutSupabase): HistoryCalls {
  return {
    workouts: async ({ before, limit = 50 } = {}, options) => {
      const rows = await askDatabase(supabase, options, (database) => {
        const query = database.from("workouts").select(
          "id, started_at, ended_at, routine_name, sets",
        );
        if (before !== undefined) query.lt("started_at", before);
        return query.order("started_at", { ascending: false }).limit(limit);
      });
      return rows.map((row) => ({
        id: row.id,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        ...(row.routine_name === null ? {} : { routineName: row.routine_name }),
        sets: row.sets,
      }));
    },
    sets: async (userId, { before, limit = 50, exerciseId } = {}, options) => {
      const rows = await askDatabase(supabase, options, (database) => {
        const query = database.from("live_session_sets").select().eq("user_id", userId);
        if (before !== undefined) query.lt("timestamp_ms", before);
        if (exerciseId !== undefined) query.eq("exercise_id", exerciseId);
        return query.order("timestamp_ms", { ascending: false }).limit(limit);
      });
      return rows.map((row) => ({
        id: row.id,
        sessionId: row.session_id,
        userId: row.user_id,
        exerciseId: row.exercise_id,
        exerciseName: row.exercise_name,
        setType: row.set_type,
        // numeric is a number from PostgREST; servers that stand in for it may send text.
        weightKg: Number(row.weight_kg),
        reps: row.reps,
        timestampMs: row.timestamp_ms,
        isPR: row.is_pr,
        ...(row.e1rm_kg === null ? {} : { e1rmKg: Number(row.e1rm_kg) }),
        ...(row.intensity_score === null ? {} : { intensityScore: Number(row.intensity_score) }),
      }));
    },
    exportMyData: (options) => callFunction(supabase, options, "export_my_data", {}),
  };
}

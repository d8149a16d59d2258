import type { LiveSessionEvent } from "./schemas/live-session-event.ts";
import type { LiveSessionSummary } from "./schemas/live-session-summary.ts";
import type { PlannedExercise } from "./schemas/planned-exercise.ts";

/**
 * What the jsonb columns of the database hold, by table and column. `database.types.ts` refers to
 * it: a jsonb column that is not described here does not compile there.
 */
export interface JsonColumns {
  live_sessions: {
    planned_exercises: JsonLiveSessionExercise[];
    summary: JsonLiveSessionSummary;
  };
  live_session_events: { event_data: JsonLiveSessionEventData };
  workouts: { sets: JsonWorkoutSet[] };
}

/** An exercise of a session's plan. */
export type JsonLiveSessionExercise = PlannedExercise;

/** What a session came to, frozen when it ended; names nobody. */
export type JsonLiveSessionSummary = Omit<LiveSessionSummary, "session" | "participants">;

/** An event's type and what belongs to it: tell by `type` what is in `data`. */
export type JsonLiveSessionEventData = TypeAndData<LiveSessionEvent>;

/** A set of a finished workout. */
export interface JsonWorkoutSet {
  id: string;
  exerciseId: string;
  weightKg: number;
  reps: number;
  /** When it was done, epoch milliseconds. */
  timestampMs: number;
}

/** Keeps a union of events a union, which Pick alone would not. */
type TypeAndData<Event> = Event extends LiveSessionEvent ? Pick<Event, "type" | "data"> : never;

/** A set as a client sends it to the table. */
export interface SetRow {
  readonly id: string;
  readonly session_id: string;
  readonly user_id: string;
  readonly exercise_id: string;
  readonly exercise_name: string;
  readonly set_type: "warmup" | "working";
  readonly weight_kg: number;
  readonly reps: number;
  readonly timestamp_ms: number;
}

const EXERCISES = ["Squat", "Bench press", "Deadlift", "Row", "Overhead press"] as const;

/** The next set of somebody's training: five exercises in a row, ten sets each, growing heavier. */
export function setOf(sessionId: string, userId: string, number: number): SetRow {
  const name = EXERCISES[Math.floor(number / 10) % EXERCISES.length]!;
  return {
    id: crypto.randomUUID(),
    session_id: sessionId,
    user_id: userId,
    exercise_id: name.toLowerCase().replace(" ", "-"),
    exercise_name: name,
    set_type: "working",
    weight_kg: 60 + 2.5 * (number % 10),
    reps: 8,
    timestamp_ms: Date.now(),
  };
}

/** A set as an offline queue hands it over. */
export function queued(row: SetRow): Record<string, unknown> {
  return {
    id: row.id,
    exerciseId: row.exercise_id,
    exerciseName: row.exercise_name,
    setType: row.set_type,
    weightKg: row.weight_kg,
    reps: row.reps,
    timestampMs: row.timestamp_ms,
  };
}

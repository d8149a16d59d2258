import { z } from "@hono/zod-openapi";
import { text } from "./text.ts";

/** An exercise of a session's plan. */
export const PlannedExercise = z.object({
  exerciseId: z.string(),
  targetSets: z.int(),
  targetRepsMin: z.int().optional(),
  targetRepsMax: z.int().optional(),
}).openapi("PlannedExercise");

/** An exercise of a session's plan. */
export type PlannedExercise = z.infer<typeof PlannedExercise>;

const TargetReps = z.int().min(1).max(1000);

const PlannedExerciseInput = z.strictObject({
  exerciseId: text(1, 100),
  targetSets: z.int().min(1).max(100),
  targetRepsMin: TargetReps.optional(),
  targetRepsMax: TargetReps.optional(),
}).refine(
  ({ targetRepsMin, targetRepsMax }) =>
    targetRepsMin === undefined || targetRepsMax === undefined || targetRepsMin <= targetRepsMax,
  { path: ["targetRepsMin"], message: "Must not be above targetRepsMax." },
).openapi("PlannedExerciseInput");

/** A plan as a caller sends it. */
export const PlanInput = z.array(PlannedExerciseInput).max(100);

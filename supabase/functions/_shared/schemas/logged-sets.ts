import { z } from "@hono/zod-openapi";
import { Timestamp, Uuid } from "./ids.ts";
import { SetType } from "./live-session-event.ts";

/** A set as `log_live_sets` takes it: what was done, and the id that makes sending it again safe. */
export const QueuedSet = z.object({
  id: Uuid,
  exerciseId: z.string(),
  exerciseName: z.string(),
  setType: SetType.optional(),
  weightKg: z.number(),
  reps: z.int(),
  timestampMs: Timestamp,
  intensityScore: z.number().optional(),
}).openapi("QueuedSet");

/** What became of each set of a queue: `stored`, `duplicate` or the code of a refusal. */
export const LoggedSets = z.object({
  results: z.array(z.looseObject({
    id: Uuid,
    outcome: z.string(),
    detail: z.string().optional(),
    retryAfterSeconds: z.int().optional(),
  })),
  serverNow: Timestamp,
}).openapi("LoggedSets");

import { z } from "@hono/zod-openapi";
import { ERROR_CODES } from "../errors.ts";
import { Uuid } from "./ids.ts";

/** A refusal (RFC 9457). The members after `requestId` are there when the code needs them. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  code: z.enum(ERROR_CODES),
  requestId: z.string(),
  sessionId: Uuid.optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  currentVersion: z.int().optional(),
  retryAfterSeconds: z.number().optional(),
}).openapi("Problem");

/** A refusal (RFC 9457). */
export type Problem = z.infer<typeof Problem>;

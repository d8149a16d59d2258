import { z } from "@hono/zod-openapi";
import { Uuid } from "../_shared/schemas/ids.ts";

/** Who is ready for the next exercise, and who is waited for. The leader counts as ready. */
export const Readiness = z.object({
  ready: z.array(Uuid),
  waitingFor: z.array(Uuid),
});

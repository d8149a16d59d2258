import { z } from "@hono/zod-openapi";
import { Uuid } from "../_shared/schemas/ids.ts";

/** The path of everything that leads one session. */
export const GuidedPath = z.strictObject({
  sessionId: Uuid.openapi({
    param: { name: "sessionId", in: "path" },
    description: "Id of the session",
  }),
});

import { z } from "@hono/zod-openapi";
import { Uuid } from "../_shared/schemas/ids.ts";

/** The path of everything about one invitation. */
export const InvitationPath = z.strictObject({
  id: Uuid.openapi({ param: { name: "id", in: "path" }, description: "Id of the invitation" }),
});

/** The path of everything about one link. */
export const LinkPath = z.strictObject({
  id: Uuid.openapi({ param: { name: "id", in: "path" }, description: "Id of the link" }),
});

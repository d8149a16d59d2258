import { z } from "@hono/zod-openapi";

/** How Postgres writes a uuid. Wider than zod's own check, which refuses what Postgres takes. */
export const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id of anything. */
export const Uuid = z.string().regex(UUID_PATTERN, "Must be a UUID.").openapi({
  type: "string",
  format: "uuid",
  pattern: undefined,
  example: "0b5c5b0e-6f4a-4c0e-9a57-0d6f1c1f2a3b",
});

/** A moment, in milliseconds since 1970, on the database's clock. */
export const Timestamp = z.int().openapi({ example: 1795420800000 });

/** The path of everything about one session. */
export const SessionPath = z.strictObject({
  id: Uuid.openapi({ param: { name: "id", in: "path" }, description: "Id of the session" }),
});

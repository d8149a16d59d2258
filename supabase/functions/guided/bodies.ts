import { z } from "@hono/zod-openapi";

/**
 * The session's version the leader has on the screen. Somebody who acts on an older one has missed
 * a step, and is told so instead of moving the group twice.
 */
export const ExpectedVersion = z.int().min(0).openapi({
  description: "The session's `version` that the leader sees",
});

/** An action that is about the step the leader sees. */
export const VersionBody = z.strictObject({ expectedVersion: ExpectedVersion })
  .openapi("VersionBody");

/** A length of time. */
export const RestBody = z.strictObject({ seconds: z.int().min(1).max(3600) }).openapi("RestBody");

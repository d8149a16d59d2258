import { z } from "@hono/zod-openapi";

/** For how long an invitation or a code holds: a week at most, a day unless given. */
export const ExpiresInMinutes = z.int().min(1).max(7 * 24 * 60).openapi({ default: 24 * 60 });

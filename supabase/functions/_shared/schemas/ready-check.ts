import { z } from "@hono/zod-openapi";

/** Whom a ready check waits for: everybody, a number of people, or nobody but its deadline. */
export const ReadyCheckPolicy = z.enum(["all", "quorum", "leader_only"]);

/** How many have to be ready, the leader among them. */
export const Quorum = z.int().min(1).max(50);

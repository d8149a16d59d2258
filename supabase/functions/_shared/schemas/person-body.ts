import { z } from "@hono/zod-openapi";
import { Uuid } from "./ids.ts";

/** The person a call is about. */
export const PersonBody = z.strictObject({ userId: Uuid }).openapi("PersonBody");

import { createRoute, z } from "@hono/zod-openapi";
import { NOW } from "./examples.ts";
import { json, NoQuery, problems } from "./routes.ts";
import { Timestamp } from "./schemas/ids.ts";

/** Answer of `/health`. */
export const Health = z.object({
  status: z.literal("ok"),
  function: z.string(),
  serverNow: Timestamp,
}).openapi("Health");

/** `GET /<function>/health`, without sign-in: the function runs and is configured. */
export function healthRoute(functionName: string) {
  return createRoute({
    method: "get",
    path: "/health",
    operationId: `${functionName}Health`,
    summary: "Tell whether the function runs",
    tags: [functionName],
    request: { query: NoQuery },
    responses: {
      200: json(Health, "It runs.", { status: "ok", function: functionName, serverNow: NOW }),
      ...problems("invalid_request"),
    },
  });
}

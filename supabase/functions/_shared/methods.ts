import { METHOD_NAME_ALL } from "hono/router";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { FunctionEnv } from "./environment.ts";

/** The methods routes may use; HEAD follows from GET, OPTIONS is answered everywhere. */
const ROUTE_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/**
 * The methods that lead to a route at this path, as the `Allow` header wants them; empty if the
 * path leads nowhere at all.
 */
export function allowedMethods(app: OpenAPIHono<FunctionEnv>, path: string): string[] {
  const found = ROUTE_METHODS.filter((method) => {
    const [matches] = app.router.match(method, path);
    // What is registered for all methods is middleware: it sees every path and answers none.
    return matches.some(([[, route]]) => route.method !== METHOD_NAME_ALL);
  });
  if (found.length === 0) return [];
  return found.flatMap((method) => method === "GET" ? ["GET", "HEAD"] : [method]).concat("OPTIONS");
}

import type { RouterRoute } from "hono/types";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { METHOD_NAME_ALL } from "hono/router";
import type { FunctionContext, FunctionEnv } from "./environment.ts";

/** Takes one line of JSON; `console.log` where the platform collects what is printed. */
export type LogSink = (line: string) => void;

/** Long enough for any tracing system, and nothing in it that could break a log or a header. */
const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/**
 * The outermost middleware: gives the request its id (the caller's own if it is sane), puts the id
 * on the answer, and writes one line about the request when it is over. The line holds no header,
 * no body and no query, and the route's pattern instead of the path, so that nothing secret or
 * personal but the caller's id gets into the log.
 */
export function requestLog(functionName: string, log: LogSink) {
  return createMiddleware<FunctionEnv>(async (c, next) => {
    const startedAt = performance.now();
    const incoming = c.req.header("x-request-id") ?? "";
    const requestId = SANE_REQUEST_ID.test(incoming) ? incoming : crypto.randomUUID();
    c.set("requestId", requestId);
    await next();
    c.res.headers.set("x-request-id", requestId);
    // Every answer is about one person at one moment.
    c.res.headers.set("cache-control", "no-store");
    const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    log(JSON.stringify({ ...describe(c, functionName), durationMs }));
  });
}

function describe(c: FunctionContext, functionName: string) {
  const status = c.res.status;
  return {
    time: new Date().toISOString(),
    level: status >= 500 ? "error" : "info",
    function: functionName,
    method: c.req.method,
    route: routePattern(c),
    status,
    code: c.var.refusal?.code ?? null,
    // What lies behind a refusal, by its own code alone: a SQLSTATE, or why a token was refused.
    reason: codeOf(c.var.refusal?.cause),
    requestId: c.var.requestId,
    userId: c.var.caller?.userId ?? null,
    ...(status >= 500 ? { error: describeError(c.var.refusal?.cause) } : {}),
  };
}

/** The pattern of the route that answered, or would have; null if the path leads nowhere. */
function routePattern(c: FunctionContext): string | null {
  // What is registered for all methods is middleware, which sees every path.
  const isRoute = (route: RouterRoute | undefined) =>
    route !== undefined && route.method !== METHOD_NAME_ALL;
  const routes = matchedRoutes(c);
  const reached = routes[c.req.routeIndex];
  return (isRoute(reached) ? reached : routes.find(isRoute))?.path ?? null;
}

function codeOf(error: unknown): string | null {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode ? String(error.code) : null;
}

/** Name, message and place of an error, for whoever has to find it. */
function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  return { name: error.name, message: error.message, stack: error.stack };
}

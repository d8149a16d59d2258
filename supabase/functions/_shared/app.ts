import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { HTTPException } from "hono/http-exception";
import type { MiddlewareHandler } from "hono";
import type { FunctionConfig } from "./config.ts";
import type { FunctionContext, FunctionEnv } from "./environment.ts";
import { internalError, Refusal } from "./errors.ts";
import { healthRoute } from "./health.ts";
import { allowedMethods } from "./methods.ts";
import { registerComponents, serveOpenApi } from "./openapi.ts";
import { problemResponse } from "./problem.ts";
import { type LogSink, requestLog } from "./request-log.ts";
import { invalidRequest, refuseInvalid } from "./validation.ts";

/** The application type that routes are added to. */
export type FunctionApp = OpenAPIHono<FunctionEnv>;

/** Room for every body the contract knows, a plan of a hundred exercises included. */
const MAXIMUM_BODY_BYTES = 64 * 1024;

/** The headers supabase-js sends, those of tracing, and ours. */
const REQUEST_HEADERS = [
  "authorization",
  "apikey",
  "content-type",
  "x-client-info",
  "x-retry-count",
  "x-request-id",
  "idempotency-key",
  "traceparent",
  "tracestate",
  "baggage",
];

/** What a script in a browser may read of an answer beside the body. */
const ANSWER_HEADERS = ["x-request-id", "location", "retry-after", "allow", "www-authenticate"];

/** How long a browser may remember the answer to a preflight (seconds). */
const PREFLIGHT_SECONDS = 600;

/** What makes one edge function. */
export interface FunctionOptions {
  /** Name of the function, which is also the first part of every path. */
  name: string;
  /** What it is for, in a sentence, for the documentation. */
  description: string;
  config: FunctionConfig;
  /** Adds the function's routes; their paths begin after the name. */
  addRoutes: (app: FunctionApp) => void;
  /** Where the line about each request goes; standard output unless given. */
  log?: LogSink;
}

/**
 * Builds an edge function: everything that is the same for all of them, and the routes given.
 * That is: request id, log line, CORS, body limit, refusals as problem documents, 404, 405,
 * OPTIONS, `/health` and `/openapi.json`.
 */
export function createFunctionApp(options: FunctionOptions): FunctionApp {
  const { name, config, log = console.log } = options;
  const app = new OpenAPIHono<FunctionEnv>({ defaultHook: refuseInvalid, strict: false });
  app.onError((error, c) => answerRefusal(c, refusalFromError(error)));
  app.notFound((c) => answerRefusal(c, refusalOfPath(app, c)));

  app.use(async (c, next) => {
    c.set("config", config);
    await next();
  });
  app.use(requestLog(name, log));
  app.use(crossOrigin(app, config));
  app.use(bodyLimit({
    maxSize: MAXIMUM_BODY_BYTES,
    onError: () => {
      throw new Refusal("payload_too_large", "A body may have 64 KB at most.");
    },
  }));

  // Ahead of the function's own routes, whose ids would match these names.
  serveOpenApi(app, options);
  const routes: FunctionApp = new OpenAPIHono<FunctionEnv>({ strict: false });
  registerComponents(routes);
  routes.openapi(healthRoute(name), (c) => {
    return c.json({ status: "ok" as const, function: name, serverNow: Date.now() }, 200);
  });
  options.addRoutes(routes);
  app.route(`/${name}`, routes);
  return app;
}

function answerRefusal(c: FunctionContext, refusal: Refusal): Response {
  c.set("refusal", refusal);
  return problemResponse(refusal, c.var.requestId);
}

function refusalFromError(error: Error): Refusal {
  if (error instanceof Refusal) return error;
  // Hono's own checks of a body; ours come first, so this is for what they let through.
  if (error instanceof HTTPException && error.status === 400) {
    return invalidRequest("The body is not valid JSON.");
  }
  if (error instanceof HTTPException && error.status === 415) {
    return new Refusal("unsupported_media_type", "Send the body as application/json.");
  }
  return internalError(error);
}

/** Why a path has no answer: nothing is there, or nothing for this method. */
function refusalOfPath(app: FunctionApp, c: FunctionContext): Refusal {
  const allowed = allowedMethods(app, c.req.path);
  if (allowed.length === 0) return new Refusal("not_found", "There is nothing at this address.");
  return new Refusal("method_not_allowed", `This address answers ${allowed.join(", ")} only.`, {
    headers: { allow: allowed.join(", ") },
  });
}

/** Answers preflights from configuration, and a plain OPTIONS with what a path can do. */
function crossOrigin(app: FunctionApp, config: FunctionConfig): MiddlewareHandler<FunctionEnv> {
  const { allowedOrigins } = config;
  const preflightOrPass = cors({
    origin: allowedOrigins === "*" ? "*" : [...allowedOrigins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: ANSWER_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });
  return async (c, next) => {
    const isPreflight = c.req.header("access-control-request-method") !== undefined;
    if (c.req.method !== "OPTIONS" || isPreflight) return await preflightOrPass(c, next);
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0) throw refusalOfPath(app, c);
    return c.body(null, 204, { allow: allowed.join(", ") });
  };
}

import { createRoute, z } from "@hono/zod-openapi";
import { createFunctionApp } from "../app.ts";
import { IdempotencyHeader } from "../idempotency.ts";
import { defineRoute, forSignedInWithBody, json, NoQuery, requiredJson } from "../routes.ts";
import { callRpc } from "../rpc.ts";
import { SessionPath } from "../schemas/ids.ts";
import type { startHarness } from "./harness.ts";

const answerSchema = z.object({ text: z.string() });

const echo = defineRoute({
  route: createRoute({
    method: "put",
    path: "/things/{id}",
    ...forSignedInWithBody,
    request: {
      params: SessionPath,
      headers: IdempotencyHeader,
      query: NoQuery,
      body: requiredJson(z.strictObject({ text: z.string().max(70_000) }), { text: "hello" }),
    },
    responses: { 200: json(answerSchema, "The same.", { text: "hello" }) },
  }),
  handler: async (c) => {
    // Any function of the database would do: a double stands where it is.
    const answer = await callRpc(
      c,
      "update_live_session",
      {
        session_id_param: c.req.valid("param").id,
        changes_param: c.req.valid("json"),
      },
      answerSchema,
      { idempotencyKey: c.req.valid("header")["idempotency-key"] },
    );
    return c.json(answer, 200);
  },
});

const broken = defineRoute({
  route: createRoute({
    method: "get",
    path: "/broken",
    responses: { 200: json(answerSchema, "Never.", { text: "hello" }) },
  }),
  handler: () => {
    throw new TypeError("hunter2 is undefined");
  },
});

/** Builds a small function for the tests of what all functions share. */
export const createTestFunction: Parameters<typeof startHarness>[0] = (config, log) =>
  createFunctionApp({
    name: "test",
    description: "For tests.",
    config,
    log,
    addRoutes: (app) => app.openapiRoutes([echo, broken]),
  });

/** Where the route `echo` of the test function is: a PUT of {text}, answered by one RPC. */
export const ECHO_PATH = "/test/things/7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";

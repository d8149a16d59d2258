import { defineOpenAPIRoute, type OpenAPIRoute, type RouteConfig, z } from "@hono/zod-openapi";
import { signedIn } from "./auth.ts";
import type { FunctionEnv } from "./environment.ts";
import { type ErrorCode, ERRORS } from "./errors.ts";
import { PROBLEM_MEDIA_TYPE } from "./problem.ts";
import { jsonBody, noBody } from "./validation.ts";

/** A route and its handler, the handler typed by what the route declares. */
export function defineRoute<Route extends RouteConfig>(
  definition: OpenAPIRoute<Route, FunctionEnv, undefined>,
) {
  return defineOpenAPIRoute<Route, FunctionEnv>(definition);
}

/** Put into a route that signed-in people call without a body. */
export const forSignedIn = {
  security: [{ userToken: [] }],
  middleware: [signedIn, noBody],
};

/** Put into a route that signed-in people call with a JSON body. */
export const forSignedInWithBody = {
  security: [{ userToken: [] }],
  middleware: [signedIn, jsonBody],
};

/** The query of a route that has none. */
export const NoQuery = z.strictObject({});

/** What every answer has in its headers, as `responses` wants it. */
const answerHeaders = { "x-request-id": { $ref: "#/components/headers/RequestId" } };

/** A JSON answer in a route's declaration, and what it may look like. */
export function json<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  example: z.input<Schema>,
) {
  return {
    description,
    headers: answerHeaders,
    content: { "application/json": { schema, example } },
  };
}

/** An answer without a body in a route's declaration. */
export function nothing(description: string) {
  return { description, headers: answerHeaders };
}

/** A JSON body in a route's declaration, and what it may look like. */
export function requiredJson<Schema extends z.ZodType>(schema: Schema, example: z.input<Schema>) {
  return { required: true, content: { "application/json": { schema, example } } };
}

/** What every route for signed-in people can answer. */
export const COMMON_CODES = [
  "invalid_request",
  "unauthenticated",
  "permission_denied",
  "internal_error",
] as const satisfies readonly ErrorCode[];

/** What every route for signed-in people that is no GET can answer: it may be sent a body. */
export const WRITE_CODES = [
  ...COMMON_CODES,
  "payload_too_large",
  "unsupported_media_type",
] as const satisfies readonly ErrorCode[];

type StatusOf<Code extends ErrorCode> = (typeof ERRORS)[Code]["status"];

/** Headers that come with the problems of a status. */
const PROBLEM_HEADERS: Partial<Record<number, Record<string, { $ref: string }>>> = {
  401: { "www-authenticate": { $ref: "#/components/headers/WwwAuthenticate" } },
  429: { "retry-after": { $ref: "#/components/headers/RetryAfter" } },
};

/** Declares the refusals a route can answer with, as `responses` wants them: one a status. */
export function problems<Code extends ErrorCode>(...codes: readonly Code[]) {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))].sort();
  const answers = Object.fromEntries(
    statuses.map((status) => [
      status,
      problemAnswer(status, codes.filter((code) => ERRORS[code].status === status)),
    ]),
  );
  // Exactly the statuses of the codes given.
  return answers as { [Status in StatusOf<Code>]: ReturnType<typeof problemAnswer> };
}

function problemAnswer(status: number, codes: readonly ErrorCode[]) {
  return {
    description: codes.map((code) => `\`${code}\``).join(", "),
    headers: { ...answerHeaders, ...PROBLEM_HEADERS[status] },
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: {
          allOf: [
            { $ref: "#/components/schemas/Problem" },
            { properties: { status: { const: status }, code: { enum: [...codes] } } },
          ],
        },
        examples: Object.fromEntries(
          codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]),
        ),
      },
    },
  };
}

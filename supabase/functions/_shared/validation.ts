import type { Hook, z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { FunctionContext, FunctionEnv } from "./environment.ts";
import { Refusal } from "./errors.ts";

/** One thing that is wrong with a request. `path` is dotted: `plannedExercises.0.targetSets`. */
export interface InvalidField {
  path: string;
  message: string;
}

/** More than this helps nobody, and a body of 64 KB can hold thousands of mistakes. */
const MAXIMUM_FIELDS_NAMED = 50;

/** A caller's own field name is quoted back to them, but no longer than this. */
const MAXIMUM_PATH_LENGTH = 200;

/** The refusal of a request whose parts have the wrong shape; `errors` only if there are any. */
export function invalidRequest(detail: string, errors: readonly InvalidField[] = []): Refusal {
  const named = errors.slice(0, MAXIMUM_FIELDS_NAMED);
  return new Refusal("invalid_request", detail, {
    members: named.length > 0 ? { errors: named } : {},
  });
}

/** Turns what zod found into the list a client can put beside its form fields. */
export function invalidFields(error: z.ZodError): InvalidField[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ path: dotted(issue.path), message: issue.message }];
    }
    return issue.keys.map((key) => ({ path: dotted([...issue.path, key]), message: "Unknown." }));
  });
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join(".").slice(0, MAXIMUM_PATH_LENGTH);
}

const TARGETS: Record<string, string> = {
  json: "The body",
  query: "The query",
  param: "The path",
  header: "A header",
};

/**
 * What every route does with the outcome of a zod check: nothing if it passed.
 *
 * @throws {Refusal} `invalid_request` with the list of what is wrong.
 */
export const refuseInvalid: Hook<unknown, FunctionEnv, string, void> = (result) => {
  if (result.success) return;
  const part = TARGETS[result.target] ?? "The request";
  throw invalidRequest(`${part} is not valid; see errors.`, invalidFields(result.error));
};

/**
 * For routes with a body: it must be there, be `application/json`, and hold a JSON object. What is
 * in the object is checked by the route's schema afterwards.
 *
 * @throws {Refusal} `invalid_request` or `unsupported_media_type`.
 */
export const jsonBody = createMiddleware<FunctionEnv>(async (c, next) => {
  const text = await c.req.text();
  if (text === "") throw invalidRequest("This call needs a JSON body.");
  readJsonObject(c, text);
  await next();
});

/**
 * For routes without a body: none, or an empty JSON object, which some clients always send.
 *
 * @throws {Refusal} `invalid_request` or `unsupported_media_type`.
 */
export const noBody = createMiddleware<FunctionEnv>(async (c, next) => {
  const text = await c.req.text();
  if (text !== "") {
    const keys = Object.keys(readJsonObject(c, text));
    if (keys.length > 0) {
      const errors = keys.map((key) => ({ path: dotted([key]), message: "Unknown." }));
      throw invalidRequest("This call takes no body.", errors);
    }
  }
  await next();
});

function readJsonObject(c: FunctionContext, text: string): object {
  const mediaType = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new Refusal("unsupported_media_type", "Send the body as application/json.");
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw invalidRequest("The body is not valid JSON.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw invalidRequest("The body must be a JSON object.");
  }
  return parsed;
}

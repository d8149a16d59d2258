import type { z } from "@hono/zod-openapi";
import { expect } from "vitest";
import type { ErrorCode } from "../../supabase/functions/_shared/errors.ts";
import { ERRORS } from "../../supabase/functions/_shared/errors.ts";
import { Problem } from "../../supabase/functions/_shared/schemas/problem.ts";
import { expectDocumented } from "./openapi.ts";
import type { Person } from "./people.ts";
import { runningStack } from "./stack.ts";

/** An answer of an edge function. `body` is undefined if there was none. */
export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** The methods of HTTP that functions answer. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/**
 * Calls an edge function over HTTP. The path begins with the function's name; a body is sent as
 * JSON, a string as it is. Whatever the answer is, it has to be one that docs/openapi.json promises.
 */
export async function call(
  method: Method,
  path: string,
  person: Pick<Person, "token"> | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { FUNCTIONS_URL, PUBLISHABLE_KEY } = runningStack();
  const answer = await fetch(FUNCTIONS_URL + path, {
    method,
    headers: {
      apikey: PUBLISHABLE_KEY,
      ...(person === null ? {} : { authorization: `Bearer ${person.token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const { status, headers: answerHeaders } = answer;
  const answered = {
    status,
    headers: answerHeaders,
    body: text === "" ? undefined : JSON.parse(text),
  };
  expectDocumented(method, path, answered);
  return answered;
}

/**
 * Asserts that a call was answered as the schema says: this status, these members and no others.
 * Hands the body back, typed.
 */
export function expectAnswer<Schema extends z.ZodType>(
  answer: Answer,
  status: number,
  schema: Schema,
): z.output<Schema> {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/json");
  const body = schema.parse(answer.body);
  // Parsing leaves out what the schema does not name; so nothing more may have been there.
  expect(answer.body).toEqual(body);
  return body;
}

/**
 * Asserts that a call was refused with this code, as a problem document in good order. Hands the
 * document back, typed.
 */
export function expectProblem(answer: Answer, code: ErrorCode): Problem {
  const seen = { status: answer.status, body: answer.body };
  const { status, title } = ERRORS[code];
  expect(seen).toMatchObject({ status, body: { status, title, code } });
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  const problem = Problem.parse(answer.body);
  expect(problem.type).toBe(`urn:problem-type:live-workout:${code}`);
  expect(problem.detail).not.toBe("");
  expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
  return problem;
}

import { describe, expect, it } from "vitest";
import { type ErrorCode, isErrorCode } from "../../supabase/functions/_shared/errors.ts";
import { type Answer, call, expectProblem, type Method } from "../helpers/api.ts";
import { codesOf, type Operation, operations } from "../helpers/openapi.ts";
import { createPerson } from "../helpers/people.ts";
import { signToken } from "../helpers/tokens.ts";

/** Brings an answer about, with people and a session of its own. */
type Scenario = () => Promise<Answer>;

/** How an operation succeeds, and how it comes to each of its codes that only some routes have. */
export type Scenarios = { success: Scenario } & Partial<Record<ErrorCode, Scenario>>;

/** By operation. */
export type Catalogue = Record<string, Scenarios>;

/** What every route that has such a code answers it to. */
const COMMON: Partial<Record<ErrorCode, (operation: Operation) => Promise<Answer>>> = {
  invalid_request: async (operation) =>
    await send(operation, "?colour=red", (await createPerson("Alice")).token),
  unauthenticated: (operation) => send(operation, "", null),
  // A token that is properly signed, for a role that may not call the functions of the database.
  permission_denied: async (operation) => {
    const alice = await createPerson("Alice");
    return await send(operation, "", await signToken(alice, { role: "anon" }));
  },
  payload_too_large: async (operation) => {
    const { token } = await createPerson("Alice");
    return await send(operation, "", token, JSON.stringify({ name: "x".repeat(64 * 1024) }));
  },
  unsupported_media_type: async (operation) => {
    const { token } = await createPerson("Alice");
    return await send(operation, "", token, "{}", { "content-type": "text/plain" });
  },
};

function send(
  operation: Operation,
  query: string,
  token: string | null,
  body: unknown = Object.values(operation.requestBody?.content ?? {})[0]?.example,
  headers?: Record<string, string>,
): Promise<Answer> {
  const path = operation.path.replaceAll(/\{\w+\}/g, () => crypto.randomUUID());
  const person = token === null ? null : { token };
  return call(operation.method as Method, path + query, person, body, headers);
}

/**
 * Registers a test for every code that the document promises for a function's operations, and for
 * success. An operation without a scenario for one of its codes fails, and so does a scenario for a
 * code that is not promised. That each answer is as documented is what `call` asserts.
 */
export function itAnswersWithEveryCode(functionName: string, catalogue: Catalogue): void {
  const all = operations.filter(({ path }) => path.split("/")[1] === functionName);

  it("has no scenario without an operation", () => {
    const ids = all.map(({ operationId }) => operationId);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(catalogue)));
  });

  describe.each(all)("$method $path", (operation) => {
    const scenarios: Partial<Scenarios> = catalogue[operation.operationId] ?? {
      success: () => send(operation, "", null),
    };
    // What is our own fault cannot be brought about from outside; a unit test does.
    const codes = codesOf(operation).filter((code) => code !== "internal_error");

    it("is promised exactly the codes there are scenarios for", () => {
      const special = codes.filter((code) => isErrorCode(code) && COMMON[code] === undefined);
      const { success: _, ...refusals } = scenarios;
      expect(Object.keys(refusals).sort()).toEqual(special.sort());
    });

    it("succeeds", async () => {
      const answer = await scenarios.success?.();
      expect(answer?.status, JSON.stringify(answer?.body)).toBeLessThan(300);
    });

    it.each(codes)("refuses with %s", async (code) => {
      if (!isErrorCode(code)) throw new Error(`${code} is no code.`);
      const answer = await (scenarios[code]?.() ?? COMMON[code]?.(operation));
      if (answer === undefined) throw new Error(`There is no scenario for ${code}.`);
      expectProblem(answer, code);
    });
  });
}

import { expect, it } from "vitest";
import type { Harness } from "./harness.ts";

const ID = /[0-9a-f-]{36}/;

/** A request that a route takes. */
export interface GoodRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  /** A body the route accepts; none if it takes no body. */
  body?: Record<string, unknown>;
}

/**
 * Registers the tests that every route for signed-in people has to pass: what it refuses before
 * the database hears of it, and what it makes of the database's refusals.
 */
export function itRefusesWhatEveryRouteRefuses(harness: () => Harness, good: GoodRequest): void {
  const { method, path, body } = good;

  it.each([["no token", null], ["a garbage token", "garbage"]])("refuses %s", async (_, token) => {
    harness().answerWith(null);
    const answer = await harness().call(path, { method, body, token });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(harness().rest.calls).toEqual([]);
  });

  it("refuses an unknown query parameter", async () => {
    harness().answerWith(null);
    const answer = await harness().call(`${path}?colour=red`, { method, body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path: "colour", message: "Unknown." }] },
    });
    expect(harness().rest.calls).toEqual([]);
  });

  if (method !== "GET") {
    it("refuses an unknown field", async () => {
      harness().answerWith(null);
      const answer = await harness().call(path, { method, body: { ...body, colour: "red" } });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: "invalid_request", errors: [{ path: "colour", message: "Unknown." }] },
      });
      expect(harness().rest.calls).toEqual([]);
    });

    it.each([["broken JSON", "{"], ["a list", "[]"], ["null", "null"], ["a text", '"x"']])(
      "refuses %s as its body",
      async (_, wrong) => {
        const answer = await harness().call(path, { method, body: wrong });
        expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      },
    );

    it("refuses a body of another type", async () => {
      const headers = { "content-type": "text/plain" };
      const answer = await harness().call(path, { method, body: "mode=shared", headers });
      expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
    });
  }

  if (ID.test(path)) {
    it("refuses a malformed id in the path", async () => {
      harness().answerWith(null);
      const malformed = path.replace(ID, "1");
      const answer = await harness().call(malformed, { method, body });
      expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect(harness().rest.calls).toEqual([]);
    });
  }

  it("hands on what the database refuses", async () => {
    const error = {
      code: "PT409",
      message: "already_in_session",
      details: "Leave your present session first.",
      hint: '{"sessionId": "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a09"}',
    };
    harness().answerWith(error, 409);
    expect(await harness().call(path, { method, body })).toMatchObject({
      status: 409,
      body: {
        code: "already_in_session",
        detail: "Leave your present session first.",
        sessionId: "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a09",
      },
    });
  });
}

/** Registers the tests for a route that takes no body. */
export function itTakesNoBody(harness: () => Harness, good: GoodRequest, answer: unknown): void {
  it.each([["none", undefined], ["an empty one", ""], ["an empty object", "{}"]])(
    "takes %s as its body",
    async (_, body) => {
      harness().answerWith(answer);
      const { status } = await harness().call(good.path, { method: good.method, body });
      expect(status).toBeLessThan(300);
    },
  );
}

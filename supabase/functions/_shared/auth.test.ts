import { createRoute, z } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFunctionApp } from "./app.ts";
import { HOST_ID } from "./examples.ts";
import { defineRoute, forSignedIn, json } from "./routes.ts";
import { callRpc } from "./rpc.ts";
import { type Harness, PUBLISHABLE_KEY, startHarness } from "./testing/harness.ts";
import { createSigningKey, signToken } from "./testing/tokens.ts";

const whoAmI = defineRoute({
  route: createRoute({
    method: "get",
    path: "/me",
    ...forSignedIn,
    responses: { 200: json(z.object({ userId: z.string() }), "You.", { userId: HOST_ID }) },
  }),
  handler: async (c) => {
    await callRpc(c, "friends_presence", {}, z.null());
    return c.json({ userId: c.var.caller.userId }, 200);
  },
});

let harness: Harness;
const create: Parameters<typeof startHarness>[0] = (config, log) =>
  createFunctionApp({
    name: "test",
    description: "For tests.",
    config,
    log,
    addRoutes: (app) => app.openapiRoutes([whoAmI]),
  });

beforeAll(async () => {
  harness = await startHarness(create);
});
afterAll(() => harness.stop());

describe("a signed-in person", () => {
  it("is let in as who they are, and calls the database with their own token alone", async () => {
    const subject = crypto.randomUUID();
    const token = await harness.token({ subject });
    harness.answerWith(null);
    const answer = await harness.call("/test/me", {
      token,
      headers: { "x-request-id": "trace-1" },
    });
    expect(answer).toMatchObject({ status: 200, body: { userId: subject } });
    expect(harness.onlyRestCall()).toMatchObject({
      method: "POST",
      path: "/rest/v1/rpc/friends_presence",
      headers: {
        authorization: `Bearer ${token}`,
        apikey: PUBLISHABLE_KEY,
        "x-request-id": "trace-1",
      },
    });
    expect(harness.lines.join()).toContain(subject);
    expect(harness.lines.join()).not.toContain(token);
  });
});

describe("somebody without a good token", () => {
  const garbage = ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "", "sb_publishable_x"];

  it.each([null, ...garbage])("is refused with the token %j", async (token) => {
    harness.answerWith(null);
    const answer = await harness.call("/test/me", { token });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm="live-workout"/);
    expect(harness.rest.calls).toEqual([]);
  });

  it.each(["Basic YTpi", "bearer", "Bearer", "Token x"])(
    "is refused with the header Authorization: %s",
    async (authorization) => {
      const answer = await harness.call("/test/me", { token: null, headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    },
  );

  it("is refused with a token that another key signed under the same id", async () => {
    const token = await signToken(await createSigningKey(harness.key.id));
    const answer = await harness.call("/test/me", { token });
    expect(answer).toMatchObject({
      status: 401,
      body: { code: "unauthenticated", detail: "The access token is not valid." },
    });
    expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("is refused with a token of a key that nobody knows", async () => {
    const token = await signToken(await createSigningKey());
    expect(await harness.call("/test/me", { token })).toMatchObject({ status: 401 });
  });

  it("is told when the token has expired", async () => {
    const token = await harness.token({ expiresInSeconds: -60 });
    expect(await harness.call("/test/me", { token })).toMatchObject({
      status: 401,
      body: { code: "unauthenticated", detail: "The access token has expired." },
    });
  });

  it.each(["", "service", "1"])(
    "is refused with a token for %j, who is no person",
    async (subject) => {
      const token = await harness.token({ subject });
      expect(await harness.call("/test/me", { token })).toMatchObject({ status: 401 });
    },
  );
});

describe("a function whose keys cannot be fetched", () => {
  it("blames itself, not the caller", async () => {
    const unset = await startHarness(create, {
      SUPABASE_JWKS: "",
      // Nothing listens there.
      SUPABASE_JWKS_URL: "http://127.0.0.1:1/jwks.json",
    });
    try {
      const answer = await unset.call("/test/me");
      expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
      expect(JSON.stringify(answer.body)).not.toContain("JWKS");
      expect(JSON.parse(unset.lines[0] ?? "")).toMatchObject({ reason: "JWKS_FETCH_FAILED" });
    } finally {
      await unset.stop();
    }
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./testing/harness.ts";
import { createTestFunction, ECHO_PATH } from "./testing/test-function.ts";

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness(createTestFunction);
});
afterAll(() => harness.stop());
beforeEach(() => harness.answerWith({ text: "hello" }));

describe("paths and methods", () => {
  it.each([
    "/",
    "/test",
    "/test/",
    "/test/nowhere",
    "/other/health",
    "/test/health/x",
    "/testhealth",
  ])(
    "find nothing at %s",
    async (path) => {
      expect(await harness.call(path)).toMatchObject({
        status: 404,
        body: { code: "not_found", detail: "There is nothing at this address." },
      });
    },
  );

  it.each([
    ["POST", ECHO_PATH, "PUT, OPTIONS"],
    ["GET", ECHO_PATH, "PUT, OPTIONS"],
    ["HEAD", ECHO_PATH, "PUT, OPTIONS"],
    ["DELETE", "/test/health", "GET, HEAD, OPTIONS"],
    ["POST", "/test/openapi.json", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/test/health", "GET, HEAD, OPTIONS"],
  ])("refuse %s %s and allow %s", async (method, path, allow) => {
    const answer = await harness.call(path, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allow);
    if (method !== "HEAD") expect(answer.body.code).toBe("method_not_allowed");
  });

  it("bear a slash at the end", async () => {
    expect(await harness.call("/test/health/")).toMatchObject({ status: 200 });
  });

  it("refuse an id that is none", async () => {
    const answer = await harness.call("/test/things/1", { method: "PUT", body: { text: "" } });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path: "id", message: "Must be a UUID." }] },
    });
  });

  it.each(["?x=1", "?id=1&id=2", "?__proto__=1"])("refuse the query %s", async (query) => {
    const answer = await harness.call(ECHO_PATH + query, { method: "PUT", body: { text: "" } });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(harness.rest.calls).toEqual([]);
  });

  it("survive broken percent signs", async () => {
    expect(await harness.call("/test/things/%E0%A4%A", { method: "PUT", body: { text: "" } }))
      .toMatchObject({ status: 400 });
  });
});

describe("OPTIONS", () => {
  it("tells what a path can do", async () => {
    const answer = await harness.call(ECHO_PATH, { method: "OPTIONS" });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("allow")).toBe("PUT, OPTIONS");
  });

  it("finds nothing where there is nothing", async () => {
    expect(await harness.call("/test/nowhere", { method: "OPTIONS" })).toMatchObject({
      status: 404,
    });
  });
});

describe("browsers", () => {
  const preflight = { origin: "https://app.example.com", "access-control-request-method": "PUT" };

  it("may call from anywhere unless configured otherwise", async () => {
    const answer = await harness.call(ECHO_PATH, {
      method: "OPTIONS",
      headers: preflight,
      token: null,
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-methods")).toContain("PUT");
    for (
      const name of ["authorization", "apikey", "content-type", "x-client-info", "x-request-id"]
    ) {
      expect(answer.headers.get("access-control-allow-headers")).toContain(name);
    }
  });

  it.each([["/test/health", 200], ["/test/broken", 500], ["/test/nowhere", 404]])(
    "may read the answer of %s (%d)",
    async (path, status) => {
      const answer = await harness.call(path, { headers: { origin: "https://app.example.com" } });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-expose-headers"))
        .toBe("x-request-id,location,retry-after,allow,www-authenticate");
    },
  );

  it("may call from the configured origins only", async () => {
    const strict = await startHarness(createTestFunction, {
      CORS_ALLOWED_ORIGINS: "https://app.example.com,https://beta.example.com",
    });
    try {
      for (const method of ["GET", "OPTIONS"]) {
        const allowed = await strict.call("/test/health", { method, headers: preflight });
        expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
        expect(allowed.headers.get("vary")).toContain("Origin");
        const headers = { ...preflight, origin: "https://evil.example.com" };
        const refused = await strict.call("/test/health", { method, headers });
        expect(refused.headers.get("access-control-allow-origin")).toBeNull();
      }
    } finally {
      await strict.stop();
    }
  });
});

describe("every function", () => {
  it("tells without sign-in whether it runs", async () => {
    const before = Date.now();
    const answer = await harness.call("/test/health", { token: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "ok",
      function: "test",
      serverNow: expect.any(Number),
    });
    expect(answer.body.serverNow).toBeGreaterThanOrEqual(before);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("describes itself without sign-in", async () => {
    const answer = await harness.call("/test/openapi.json", { token: null });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ openapi: "3.1.0" });
    expect(Object.keys(answer.body.paths ?? {}))
      .toEqual(["/test/things/{id}", "/test/broken", "/test/openapi.json", "/test/health"]);
  });
});

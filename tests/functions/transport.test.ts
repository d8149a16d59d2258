import { beforeAll, describe, expect, it } from "vitest";
import { Health } from "../../supabase/functions/_shared/health.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { createPerson, type Person } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { ROUTES } from "./routes.ts";

// What holds for every request to a function, as a client sees it through the gateway.

const SOME_ID = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";
const SOME_IDS = { session: SOME_ID, person: SOME_ID, invitation: SOME_ID, link: SOME_ID };
const ORIGIN = "https://app.example.com";

let alice: Person;

beforeAll(async () => {
  alice = await createPerson("Alice");
});

describe("the request id", () => {
  it.each(
    [
      ["a success", "GET", "/sessions"],
      ["a refusal", "GET", `/sessions/${SOME_ID}`],
      ["an unknown address", "GET", "/sessions/a/b/c"],
      ["a wrong method", "PUT", "/sessions"],
      ["a question about methods", "OPTIONS", "/sessions"],
    ] as const,
  )("comes back with %s", async (_, method, path) => {
    const answer = await call(method, path, alice, undefined, { "x-request-id": "my-trace-1" });
    expect(answer.headers.get("x-request-id")).toBe("my-trace-1");
  });

  it("is made up when there is none, and never twice", async () => {
    const first = await call("GET", "/sessions", alice);
    const second = await call("GET", "/sessions", alice);
    expect(first.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  });

  it("is replaced when it is none", async () => {
    const answer = await call("GET", "/sessions", alice, undefined, {
      "x-request-id": "x".repeat(500),
    });
    expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("addresses", () => {
  it.each([
    "/sessions/a/b",
    `/sessions/${SOME_ID}/nothing`,
    `/sessions/${SOME_ID}/join/now`,
    `/invitations/${SOME_ID}/nothing`,
    `/invitations/links/${SOME_ID}/redeem`,
    "/guided",
    `/guided/${SOME_ID}`,
    `/guided/${SOME_ID}/nothing`,
    `/guided/${SOME_ID}/rest/nothing`,
  ])(
    "lead nowhere at %s",
    async (path) => {
      expectProblem(await call("GET", path, alice), "not_found");
      expectProblem(await call("GET", path, null), "not_found");
    },
  );

  it.each(
    [
      ["PUT", "/sessions", "GET, HEAD, POST, OPTIONS"],
      ["DELETE", "/sessions", "GET, HEAD, POST, OPTIONS"],
      ["POST", `/sessions/${SOME_ID}`, "GET, HEAD, PATCH, OPTIONS"],
      ["DELETE", `/sessions/${SOME_ID}`, "GET, HEAD, PATCH, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/join`, "POST, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/leave`, "POST, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/start`, "POST, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/end`, "POST, OPTIONS"],
      ["POST", `/sessions/${SOME_ID}/events`, "GET, HEAD, OPTIONS"],
      ["POST", `/sessions/${SOME_ID}/summary`, "GET, HEAD, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/host`, "POST, OPTIONS"],
      ["GET", `/sessions/${SOME_ID}/participants/${SOME_ID}`, "DELETE, OPTIONS"],
      ["DELETE", "/sessions/health", "GET, HEAD, PATCH, OPTIONS"],
      ["PUT", "/invitations", "GET, HEAD, POST, OPTIONS"],
      ["GET", `/invitations/${SOME_ID}`, "DELETE, OPTIONS"],
      ["GET", `/invitations/${SOME_ID}/accept`, "POST, OPTIONS"],
      ["GET", `/invitations/${SOME_ID}/decline`, "POST, OPTIONS"],
      ["GET", "/invitations/links", "POST, DELETE, OPTIONS"],
      ["GET", "/invitations/links/redeem", "POST, DELETE, OPTIONS"],
      ["POST", `/invitations/links/${SOME_ID}`, "DELETE, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/exercise`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/next`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/previous`, "POST, OPTIONS"],
      ["POST", `/guided/${SOME_ID}/plan`, "PUT, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/ready`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/ready-check`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/rest`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/rest/extend`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/rest/skip`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/pause`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/resume`, "POST, OPTIONS"],
      ["GET", `/guided/${SOME_ID}/leader`, "POST, OPTIONS"],
    ] as const,
  )("refuse %s %s and allow %s", async (method, path, allow) => {
    const answer = await call(method, path, alice);
    expectProblem(answer, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe(allow);
    const question = await call("OPTIONS", path, null);
    expect(question.status).toBe(204);
    expect(question.headers.get("allow")).toBe(allow);
  });

  it("answer HEAD like GET, without the body", async () => {
    const { id } = await openSession(alice);
    for (const path of ["/sessions", `/sessions/${id}`, "/sessions/health"]) {
      const answer = await call("HEAD", path, alice);
      expect(answer).toMatchObject({ status: 200, body: undefined });
      expect(answer.headers.get("content-type")).toBe("application/json");
    }
    expect(await call("HEAD", `/sessions/${SOME_ID}`, alice)).toMatchObject({
      status: 404,
      body: undefined,
    });
  });
});

describe("browsers", () => {
  it.each(ROUTES)("may call $method $name", async ({ method, path }) => {
    const answer = await call("OPTIONS", path(SOME_IDS), null, undefined, {
      origin: ORIGIN,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,apikey,content-type,x-client-info",
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-allow-methods")?.split(",")).toContain(method);
    const headers = answer.headers.get("access-control-allow-headers")?.split(",");
    expect(headers).toEqual(
      expect.arrayContaining([
        "authorization",
        "apikey",
        "content-type",
        "x-client-info",
        "idempotency-key",
      ]),
    );
  });

  it.each([
    ["a success", "/sessions/health"],
    ["a refusal", "/sessions"],
    ["an unknown address", "/sessions/a/b"],
  ])("may read %s with its headers", async (_, path) => {
    const answer = await call("GET", path, null, undefined, { origin: ORIGIN });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers"))
      .toBe("x-request-id,location,retry-after,allow,www-authenticate");
  });
});

describe.each(["sessions", "invitations", "guided"])("without sign-in, of %s", (name) => {
  it("one learns that the function runs", async () => {
    const health = expectAnswer(await call("GET", `/${name}/health`, null), 200, Health);
    expect(health).toMatchObject({ status: "ok", function: name });
    expect(Math.abs(health.serverNow - Date.now())).toBeLessThan(60_000);
  });

  it("one reads what it can do", async () => {
    const answer = await call("GET", `/${name}/openapi.json`, null);
    expect(answer).toMatchObject({
      status: 200,
      body: { openapi: "3.1.0", tags: [{ name }], components: { schemas: {} } },
    });
  });
});

describe("answers", () => {
  it("are not kept by anything in between", async () => {
    for (const path of ["/sessions", "/sessions/health", `/sessions/${SOME_ID}`]) {
      const answer = await call("GET", path, alice);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });
});

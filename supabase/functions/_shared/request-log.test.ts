import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./testing/harness.ts";
import { createTestFunction, ECHO_PATH } from "./testing/test-function.ts";

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness(createTestFunction);
});
afterAll(() => harness.stop());
beforeEach(() => harness.answerWith({ text: "hello" }));

/** The one line logged since the test began. */
function logged(): Record<string, unknown> {
  expect(harness.lines).toHaveLength(1);
  return JSON.parse(harness.lines[0] ?? "");
}

describe("the request id", () => {
  it("is the caller's own if it is sane", async () => {
    const answer = await harness.call("/test/health", { headers: { "x-request-id": "Ab-1._:" } });
    expect(answer.headers.get("x-request-id")).toBe("Ab-1._:");
  });

  it.each(["", "a b", "a\tb", "ü", "x".repeat(129), '"><script>'])(
    "is a new one for %j",
    async (id) => {
      const answer = await harness.call("/test/health", { headers: { "x-request-id": id } });
      expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it.each([
    ["GET", "/test/health", 200],
    ["GET", "/test/broken", 500],
    ["GET", "/nowhere", 404],
    ["POST", ECHO_PATH, 405],
    ["OPTIONS", ECHO_PATH, 204],
    ["HEAD", "/test/health", 200],
  ])("is on the answer to %s %s (%d)", async (method, path, status) => {
    const answer = await harness.call(path, { method, headers: { "x-request-id": "r-1" } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("x-request-id")).toBe("r-1");
    if (answer.body.code !== undefined) expect(answer.body.requestId).toBe("r-1");
  });
});

describe("the log line", () => {
  it("tells what happened, and nothing that was sent", async () => {
    const token = await harness.token();
    await harness.call(ECHO_PATH, {
      method: "PUT",
      body: { text: "my secret" },
      token,
      headers: { "x-request-id": "r-2" },
    });
    const line = logged();
    expect(line).toMatchObject({
      level: "info",
      function: "test",
      method: "PUT",
      route: "/test/things/:id",
      status: 200,
      code: null,
      requestId: "r-2",
    });
    expect(Object.keys(line).sort()).toEqual([
      "code",
      "durationMs",
      "function",
      "level",
      "method",
      "reason",
      "requestId",
      "route",
      "status",
      "time",
      "userId",
    ]);
    expect(line.userId).toMatch(/^[0-9a-f-]{36}$/);
    expect(line.durationMs).toBeGreaterThan(0);
    expect(harness.lines[0]).not.toMatch(/my secret|7a0f3c52/);
    expect(harness.lines[0]).not.toContain(token);
  });

  it("holds no query", async () => {
    await harness.call("/test/health?token=hunter2");
    expect(logged()).toMatchObject({ status: 400, route: "/test/health", code: "invalid_request" });
    expect(harness.lines[0]).not.toContain("hunter2");
  });

  it("names the route that answered, not one with an id that would match as well", async () => {
    await harness.call("/test/health");
    expect(logged()).toMatchObject({ route: "/test/health", userId: null });
  });

  it("names no route where there is none", async () => {
    await harness.call("/test/nowhere/hunter2");
    expect(logged()).toMatchObject({ route: null, status: 404, code: "not_found" });
    expect(harness.lines[0]).not.toContain("hunter2");
  });

  it("tells what went wrong inside, which the answer does not", async () => {
    const answer = await harness.call("/test/broken");
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(answer.body)).not.toMatch(/hunter2|TypeError|\.ts/);
    expect(logged()).toMatchObject({
      level: "error",
      error: { name: "TypeError", message: "hunter2 is undefined" },
      requestId: answer.body.requestId,
    });
  });

  it("tells when the database answers out of shape, but not with what", async () => {
    harness.answerWith({ text: 5, password: "hunter2" });
    const answer = await harness.call(ECHO_PATH, { method: "PUT", body: { text: "" } });
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(logged()).toMatchObject({
      error: { name: "UnexpectedAnswer", message: expect.stringContaining("text: ") },
    });
    expect(harness.lines[0]).not.toContain("hunter2");
  });

  it("tells the SQLSTATE behind a refusal", async () => {
    harness.answerWith({ code: "22P02", message: "hunter2", details: null, hint: null }, 400);
    const answer = await harness.call(ECHO_PATH, { method: "PUT", body: { text: "" } });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(logged()).toMatchObject({ reason: "22P02", level: "info" });
    expect(harness.lines[0]).not.toContain("hunter2");
  });
});

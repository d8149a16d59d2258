import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LiveWorkoutError } from "../errors.ts";
import { type Calls, createCalls } from "./calls.ts";
import {
  hangUp,
  inTurn,
  json,
  type Project,
  silence,
  startProject,
  text,
} from "./testing/server.ts";

let project: Project;
let calls: Calls;
beforeAll(async () => {
  project = await startProject();
  calls = createCalls(project.supabase);
});
afterEach(() => {
  project.heard.length = 0;
});
afterAll(() => project.close());

async function refusalOf(call: Promise<unknown>): Promise<LiveWorkoutError> {
  const error = await call.then(() => "an answer", (raised: unknown) => raised);
  if (!(error instanceof LiveWorkoutError)) throw new Error(`Not refused, but ${error}.`);
  return error;
}

describe("a refusal", () => {
  it("keeps its code, its sentence, its request id and what the code needs", async () => {
    project.reply = json(409, {
      type: "urn:problem-type:live-workout:already_in_session",
      title: "Already in a session",
      status: 409,
      detail: "Leave your present session first.",
      code: "already_in_session",
      requestId: "r1",
      sessionId: "s1",
    }, { "content-type": "application/problem+json" });
    const error = await refusalOf(calls.sessions.join("s2"));
    expect(error).toMatchObject({
      code: "already_in_session",
      detail: "Leave your present session first.",
      status: 409,
      requestId: "r1",
      isRetryable: false,
    });
    expect(error.members).toEqual({ sessionId: "s1" });
  });

  it("tells how long to wait", async () => {
    const problem = {
      code: "rate_limited",
      detail: "Slower.",
      requestId: "r",
      retryAfterSeconds: 7,
    };
    project.reply = json(429, problem);
    const error = await refusalOf(calls.invitations.redeemLink("x"));
    expect(error).toMatchObject({ code: "rate_limited", retryAfterMs: 7_000, isRetryable: true });
  });

  it("with a code that is newer than this client is handed on", async () => {
    project.reply = json(409, { code: "gym_closed", detail: "Come back tomorrow." });
    expect(await refusalOf(calls.sessions.start("s"))).toMatchObject({
      code: "gym_closed",
      isRetryable: false,
    });
  });

  it("of a gateway that knows no session is that one has to sign in", async () => {
    project.reply = json(401, { code: 401, message: "Invalid JWT" }, { "x-request-id": "g1" });
    expect(await refusalOf(calls.sessions.snapshot("s"))).toMatchObject({
      code: "unauthenticated",
      status: 401,
      requestId: "g1",
    });
  });

  it("of a gateway that has had enough says when to come back", async () => {
    project.reply = json(429, {}, { "retry-after": "3" });
    expect(await refusalOf(calls.sessions.snapshot("s"))).toMatchObject({
      code: "rate_limited",
      retryAfterMs: 3_000,
    });
  });
});

describe("what cannot be understood", () => {
  it.each([
    ["a page of a gateway", 502, text(502, "<h1>Bad gateway</h1>")],
    ["a login page of a hotel", 200, text(200, "<h1>Welcome, guest</h1>")],
    ["JSON that is none", 200, text(200, '{"session":', "application/json")],
    ["a list", 200, json(200, [])],
    ["null", 200, json(200, null)],
    ["a refusal without a sentence", 404, json(404, { code: "session_not_found" })],
    ["a failing relay", 500, json(500, {}, { "x-relay-error": "true" })],
  ])("is an unexpected answer: %s", async (_, status, reply) => {
    project.reply = reply;
    const error = await refusalOf(calls.sessions.snapshot("s"));
    expect(error).toMatchObject({ code: "unexpected_answer", status });
    expect(error.detail).not.toContain("<h1>");
  });
});

describe("when nobody answers", () => {
  it("a broken connection is a network error", async () => {
    project.reply = hangUp;
    const error = await refusalOf(calls.sessions.snapshot("s"));
    expect(error).toMatchObject({ code: "network_error", status: 0, isRetryable: true });
  });

  it("an answer that breaks off is a network error", async () => {
    project.reply = (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"session":');
      setTimeout(() => response.socket?.destroy(), 20);
    };
    expect(await refusalOf(calls.sessions.snapshot("s"))).toMatchObject({ code: "network_error" });
  });

  it("time runs out", async () => {
    project.reply = silence;
    const error = await refusalOf(calls.sessions.snapshot("s", { timeoutMs: 50 }));
    expect(error).toMatchObject({
      code: "network_error",
      detail: "There was no answer within 0.05 s.",
    });
  });

  it("time runs out also in the middle of a refusal", async () => {
    project.reply = (_, response) => {
      response.writeHead(409, { "content-type": "application/problem+json" });
      response.write('{"code":');
    };
    const error = await refusalOf(calls.sessions.snapshot("s", { timeoutMs: 50 }));
    expect(error).toMatchObject({ code: "network_error" });
  });

  it("leaves no timer behind when it is over", async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
    project.reply = json(200, {});
    const before = timers();
    await Promise.all(Array.from({ length: 20 }, () => calls.sessions.snapshot("s")));
    expect(timers()).toBeLessThan(before + 20);
  });

  it("the caller may call it off, before or meanwhile", async () => {
    project.reply = silence;
    expect(await refusalOf(calls.sessions.snapshot("s", { signal: AbortSignal.abort() })))
      .toMatchObject({ code: "network_error", detail: "The request was called off." });
    expect(project.heard).toHaveLength(0);
    const controller = new AbortController();
    const asked = refusalOf(calls.sessions.snapshot("s", { signal: controller.signal }));
    setTimeout(() => controller.abort(), 20);
    expect(await asked).toMatchObject({ detail: "The request was called off." });
  });
});

describe("a call that creates something", () => {
  const opened = json(201, { session: {}, participant: {}, serverNow: 1 });

  it("is repeated with the same key when the answer was lost, or a gateway answered", async () => {
    project.reply = inTurn(hangUp, text(503, "busy"), opened);
    await calls.sessions.open({ mode: "shared" });
    const keys = project.heard.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it("gives up after the third attempt", async () => {
    project.reply = hangUp;
    expect(await refusalOf(calls.sessions.open({ mode: "shared" })))
      .toMatchObject({ code: "network_error" });
    expect(project.heard).toHaveLength(3);
  });

  it("is not repeated when it was refused", async () => {
    project.reply = json(400, { code: "invalid_request", detail: "No." });
    await refusalOf(calls.sessions.open({ mode: "shared" }));
    expect(project.heard).toHaveLength(1);
  });

  it("is not repeated when it was called off, meanwhile or in between", async () => {
    project.reply = hangUp;
    for (const after of [0, 100]) {
      project.heard.length = 0;
      const controller = new AbortController();
      setTimeout(() => controller.abort(), after);
      const asked = performance.now();
      await refusalOf(calls.sessions.open({ mode: "shared" }, { signal: controller.signal }));
      expect(performance.now() - asked).toBeLessThan(250);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(project.heard.length).toBeLessThanOrEqual(1);
    }
  });

  it("carries the key of the caller", async () => {
    project.reply = opened;
    await calls.sessions.open({ mode: "shared" }, { idempotencyKey: "mine" });
    expect(project.heard[0]?.headers["idempotency-key"]).toBe("mine");
  });
});

describe("every other call", () => {
  it("is tried once: whoever calls knows whether to try again", async () => {
    project.reply = hangUp;
    await refusalOf(calls.guided.next("s", { expectedVersion: 1 }));
    await refusalOf(calls.sessions.snapshot("s"));
    expect(project.heard).toHaveLength(2);
  });

  it("lets nothing of a value escape into the address", async () => {
    project.reply = json(200, {});
    await calls.sessions.snapshot("../guided/x?y=#z");
    expect(project.heard[0]?.path).toBe("/functions/v1/sessions/..%2Fguided%2Fx%3Fy%3D%23z");
  });
});

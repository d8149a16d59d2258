import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { LiveWorkoutError } from "../errors.ts";
import { type Calls, createCalls } from "./calls.ts";
import { hangUp, json, type Project, silence, startProject, text } from "./testing/server.ts";

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

const SET = { exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps: 5 };

async function refusalOf(call: Promise<unknown>): Promise<LiveWorkoutError> {
  const error = await call.then(() => "an answer", (raised: unknown) => raised);
  if (!(error instanceof LiveWorkoutError)) throw new Error(`Not refused, but ${error}.`);
  return error;
}

/** An error as PostgREST words it. */
function databaseError(status: number, code: string, message: string, more: object = {}) {
  return json(status, { code, message, details: null, hint: null, ...more });
}

describe("a refusal of the database", () => {
  it("has its code in the message, its sentence in the details, the rest in the hint", async () => {
    project.reply = databaseError(429, "PT429", "rate_limited", {
      details: "Too many messages.",
      hint: '{"retryAfterSeconds": 4}',
    });
    const error = await refusalOf(calls.talk.say("s", "hello"));
    expect(error).toMatchObject({
      code: "rate_limited",
      detail: "Too many messages.",
      status: 429,
      retryAfterMs: 4_000,
    });
    expect(error.members).toEqual({ retryAfterSeconds: 4 });
  });

  it.each([null, "", "not JSON", "[1]"])("has no members with the hint %j", async (hint) => {
    project.reply = databaseError(409, "PT409", "session_ended", { hint });
    const error = await refusalOf(calls.sets.log("s", SET));
    expect(error).toMatchObject({ code: "session_ended", detail: "session ended." });
    expect(error.members).toEqual({});
  });

  it.each([
    [401, "PGRST303", "JWT expired", "unauthenticated", false],
    [401, "42501", "permission denied for table x", "unauthenticated", false],
    [403, "42501", "new row violates row-level security policy", "permission_denied", false],
    [400, "22P02", "invalid input syntax for type uuid", "invalid_request", false],
    [400, "23514", "violates check constraint", "invalid_request", false],
    [500, "XX000", "cache lookup failed", "internal_error", true],
    [503, "PGRST002", "Could not query the database", "internal_error", true],
    [404, "PGRST202", "Could not find the function", "unexpected_answer", true],
  ])(
    "%d %s is told by its status, in words of ours",
    async (status, code, message, ours, again) => {
      project.reply = databaseError(status, code, message);
      const error = await refusalOf(calls.presence.friends());
      expect(error).toMatchObject({ code: ours, status, isRetryable: again });
      expect(error.detail).not.toContain(message);
      expect(error.cause).toMatchObject({ message });
    },
  );
});

describe("what is no answer of the database", () => {
  it.each([
    ["a page of a gateway", 502, text(502, "<h1>Bad gateway</h1>")],
    ["a login page of a hotel", 200, text(200, "<h1>Welcome</h1>")],
  ])("is an unexpected answer: %s", async (_, status, reply) => {
    project.reply = reply;
    const error = await refusalOf(calls.presence.friends());
    expect(error).toMatchObject({ code: "unexpected_answer", status });
  });

  it("is a network error when nobody answers, at once", async () => {
    project.reply = hangUp;
    for (const call of [() => calls.presence.friends(), () => calls.history.workouts()]) {
      expect(await refusalOf(call())).toMatchObject({ code: "network_error", status: 0 });
    }
    expect(project.heard).toHaveLength(2);
  });

  it("is a network error when time runs out", async () => {
    project.reply = silence;
    const error = await refusalOf(calls.history.workouts({}, { timeoutMs: 50 }));
    expect(error).toMatchObject({ code: "network_error" });
  });
});

describe("changing what is not there", () => {
  it("tells so, but for removing", async () => {
    project.reply = json(200, []);
    expect(await refusalOf(calls.sets.amend("x", { reps: 3 }))).toMatchObject({
      code: "not_found",
    });
    expect(await refusalOf(calls.presence.setStatus("s", "resting")))
      .toMatchObject({ code: "not_participant" });
    await calls.sets.remove("x");
  });

  it("sends of a set only what was given", async () => {
    project.reply = json(200, [{ id: "x" }]);
    await calls.sets.amend("x", { reps: 3, setType: "warmup" });
    expect(project.heard[0]).toMatchObject({
      method: "PATCH",
      path: "/rest/v1/live_session_sets?id=eq.x&select=id",
    });
    expect(project.heard[0]?.body).toEqual({ reps: 3, set_type: "warmup" });
  });
});

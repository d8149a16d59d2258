import { describe, expect, it } from "vitest";
import { ERRORS, Refusal, refusalFromDatabase } from "./errors.ts";
import { problemResponse } from "./problem.ts";

const databaseError = (code: string, more: Partial<Record<string, string | null>> = {}) => ({
  code,
  message: "relation secret_table does not exist",
  details: "Failing row contains (hunter2)",
  hint: null,
  ...more,
});

describe("the table of codes", () => {
  it("has the contract's statuses", () => {
    const statuses = Object.fromEntries(
      Object.entries(ERRORS).map(([code, { status }]) => [code, status]),
    );
    expect(statuses).toEqual({
      invalid_request: 400,
      unauthenticated: 401,
      permission_denied: 403,
      not_participant: 403,
      not_host: 403,
      not_leader: 403,
      session_not_found: 404,
      invitation_not_found: 404,
      user_not_found: 404,
      not_found: 404,
      method_not_allowed: 405,
      session_ended: 409,
      session_not_started: 409,
      session_full: 409,
      already_in_session: 409,
      invalid_mode: 409,
      version_conflict: 409,
      invitation_expired: 410,
      payload_too_large: 413,
      unsupported_media_type: 415,
      invalid_exercise: 422,
      rate_limited: 429,
      internal_error: 500,
    });
  });
});

describe("an error of the database", () => {
  it("becomes the refusal it names, with its sentence and its members", () => {
    const refusal = refusalFromDatabase(
      databaseError("PT409", {
        message: "already_in_session",
        details: "Leave your present session first.",
        hint: '{"sessionId": "s1"}',
      }),
      409,
    );
    expect(refusal).toMatchObject({
      code: "already_in_session",
      message: "Leave your present session first.",
      members: { sessionId: "s1" },
    });
  });

  it("gets a sentence from the table when it has none", () => {
    const error = databaseError("PT409", { message: "session_full", details: null });
    expect(refusalFromDatabase(error, 400).message).toBe("Session is full.");
  });

  it.each([null, "", "not JSON", "[1]", '"text"', "null"])(
    "has no members with the hint %j",
    (hint) => {
      const error = databaseError("PT403", { message: "not_host", hint });
      expect(refusalFromDatabase(error, 400).members).toEqual({});
    },
  );

  it.each([
    ["42501", "permission_denied"],
    ["22P02", "invalid_request"],
    ["22P05", "invalid_request"],
    ["22001", "invalid_request"],
    ["22003", "invalid_request"],
    ["22007", "invalid_request"],
    ["22008", "invalid_request"],
    ["22021", "invalid_request"],
    ["22023", "invalid_request"],
    ["23502", "invalid_request"],
    ["23514", "invalid_request"],
    ["PGRST301", "unauthenticated"],
    ["PGRST302", "unauthenticated"],
    ["PGRST303", "unauthenticated"],
  ])("with the general code %s becomes %s", (state, code) => {
    expect(refusalFromDatabase(databaseError(state), 400).code).toBe(code);
  });

  it.each(["", "XX000", "42P01", "57014", "23503", "23505", "PGRST202", "constructor", "PT500"])(
    "with the code %j becomes internal_error",
    (state) => {
      expect(refusalFromDatabase(databaseError(state), 400).code).toBe("internal_error");
    },
  );

  it("with a code of ours that we do not know becomes internal_error", () => {
    const error = databaseError("PT418", { message: "teapot" });
    expect(refusalFromDatabase(error, 400).code).toBe("internal_error");
  });

  it.each(["22P02", "42501", "XX000", "PGRST301", "PT418"])(
    "never shows its own words to the caller (%s)",
    async (state) => {
      const error = databaseError(state, { hint: '{"password": "hunter2"}' });
      const text = await problemResponse(refusalFromDatabase(error, 400), "r1").text();
      expect(text).not.toMatch(/hunter2|secret_table/);
    },
  );

  it("leaves its words, but no rows, for the log", () => {
    const { cause } = refusalFromDatabase(databaseError("42P01"), 400);
    expect(cause).toMatchObject({ code: "42P01", message: "relation secret_table does not exist" });
    expect(JSON.stringify(cause)).not.toContain("hunter2");
  });
});

describe("an error without a code", () => {
  it.each([[0, "HTTP 0"], [502, "HTTP 502"]])(
    "with status %d is ours, logged as %s",
    (status, code) => {
      const refusal = refusalFromDatabase({ message: "Bad gateway" }, status);
      expect(refusal).toMatchObject({ code: "internal_error", cause: { code } });
    },
  );
});

describe("a problem document", () => {
  it("has the standard members, ours, and those the code needs", async () => {
    const refusal = new Refusal("version_conflict", "Too late.", {
      members: { currentVersion: 7 },
    });
    const answer = problemResponse(refusal, "r1");
    expect(answer.status).toBe(409);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("retry-after")).toBeNull();
    expect(await answer.json()).toEqual({
      type: "urn:problem-type:live-workout:version_conflict",
      title: "Version conflict",
      status: 409,
      detail: "Too late.",
      code: "version_conflict",
      requestId: "r1",
      currentVersion: 7,
    });
  });

  it("keeps its standard members whatever comes along", async () => {
    const members = { status: 200, code: "x", type: "x", title: "x", detail: "x", requestId: "x" };
    const refusal = new Refusal("not_host", "Only the host may.", { members });
    expect(await problemResponse(refusal, "r1").json()).toEqual({
      type: "urn:problem-type:live-workout:not_host",
      title: "Not the host",
      status: 403,
      detail: "Only the host may.",
      code: "not_host",
      requestId: "r1",
    });
  });

  it("asks for credentials with every 401, whoever refused", () => {
    const { headers } = problemResponse(new Refusal("unauthenticated", "Sign in first."), "r1");
    expect(headers.get("www-authenticate")).toBe('Bearer realm="live-workout"');
    const forbidden = problemResponse(new Refusal("not_host", "Only the host may."), "r1");
    expect(forbidden.headers.get("www-authenticate")).toBeNull();
  });

  it.each([[3, "3"], [2.2, "3"], [0, "0"]])(
    "says in Retry-After how long to wait (%d s)",
    (retryAfterSeconds, header) => {
      const refusal = new Refusal("rate_limited", "Slower.", { members: { retryAfterSeconds } });
      expect(problemResponse(refusal, "r1").headers.get("retry-after")).toBe(header);
    },
  );

  it.each(["soon", -1, Number.NaN, null])("has no Retry-After for %j", (retryAfterSeconds) => {
    const refusal = new Refusal("rate_limited", "Slower.", { members: { retryAfterSeconds } });
    expect(problemResponse(refusal, "r1").headers.get("retry-after")).toBeNull();
  });
});

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

describe("a body", () => {
  const put = (body: unknown, headers?: Record<string, string>) =>
    harness.call(ECHO_PATH, { method: "PUT", body, headers });

  it.each([
    ["{", "The body is not valid JSON."],
    [" ", "The body is not valid JSON."],
    ["{'text': 1}", "The body is not valid JSON."],
    ["[]", "The body must be a JSON object."],
    ["null", "The body must be a JSON object."],
    ['"text"', "The body must be a JSON object."],
    ["7", "The body must be a JSON object."],
    [undefined, "This call needs a JSON body."],
    ["", "This call needs a JSON body."],
  ])("like %j is refused", async (body, detail) => {
    expect(await put(body)).toMatchObject({
      status: 400,
      body: { code: "invalid_request", detail },
    });
    expect(harness.rest.calls).toEqual([]);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "json",
    "application/xml",
    "application/problem+json",
  ])(
    "of the type %s is refused",
    async (contentType) => {
      const answer = await put('{"text": ""}', { "content-type": contentType });
      expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
    },
  );

  it.each(["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"])(
    "of the type %s is taken",
    async (contentType) => {
      expect(await put('{"text": ""}', { "content-type": contentType })).toMatchObject({
        status: 200,
      });
    },
  );

  it("gets every mistake named with its path", async () => {
    const answer = await put({ text: 1, colour: "red", __proto__x: 1 });
    expect(answer.body).toMatchObject({
      code: "invalid_request",
      errors: [
        { path: "text", message: "Invalid input: expected string, received number" },
        { path: "colour", message: "Unknown." },
        { path: "__proto__x", message: "Unknown." },
      ],
    });
  });

  it("does not slip anything past the schema under __proto__", async () => {
    expect(await put('{"text": "", "__proto__": {"admin": true}}')).toMatchObject({ status: 400 });
  });

  it("with thousands of mistakes gets a short list", async () => {
    const wrong = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`field${index}`, 1]),
    );
    const answer = await put(wrong);
    expect(answer.body.errors).toHaveLength(50);
  });

  it("of 64 KB is taken, of one byte more refused", async () => {
    const around = JSON.stringify({ text: "" }).length;
    expect(await put({ text: "x".repeat(64 * 1024 - around) })).toMatchObject({ status: 200 });
    harness.answerWith(null);
    expect(await put({ text: "x".repeat(64 * 1024 - around + 1) })).toMatchObject({
      status: 413,
      body: { code: "payload_too_large" },
    });
    expect(harness.rest.calls).toEqual([]);
    expect(logged()).toMatchObject({ route: "/test/things/:id" });
  });

  it("that is nested without end is refused, not a crash", async () => {
    expect(await put(`{"text": ${"[".repeat(30_000)}${"]".repeat(30_000)}}`)).toMatchObject({
      status: 400,
    });
    expect(await put("[".repeat(60_000))).toMatchObject({ status: 400 });
  });
});

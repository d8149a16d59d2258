import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Harness, startHarness } from "./testing/harness.ts";
import { createTestFunction, ECHO_PATH } from "./testing/test-function.ts";

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness(createTestFunction);
});
afterAll(() => harness.stop());

function put(key?: string) {
  harness.answerWith({ text: "hello" });
  const headers = key === undefined ? undefined : { "Idempotency-Key": key };
  return harness.call(ECHO_PATH, { method: "PUT", body: { text: "" }, headers });
}

describe("an Idempotency-Key", () => {
  it.each(["k", "b3a1c1de-7c1e-4a34-9d5f-2f1f0c3a9b10", '"quoted, with a comma"', "x".repeat(255)])(
    "like %s reaches the database as it is",
    async (key) => {
      expect((await put(key)).status).toBe(200);
      expect(harness.onlyRestCall().headers["idempotency-key"]).toBe(key);
    },
  );

  it("is not made up", async () => {
    expect((await put()).status).toBe(200);
    expect(harness.onlyRestCall().headers["idempotency-key"]).toBeUndefined();
  });

  it.each(["", " ", "x".repeat(256), "a\tb", "schl\u00fcssel"])("may not be %j", async (key) => {
    expect(await put(key)).toMatchObject({
      status: 400,
      body: {
        code: "invalid_request",
        detail: "A header is not valid; see errors.",
        errors: [{ path: "idempotency-key", message: "Must be 1 to 255 ASCII characters." }],
      },
    });
    expect(harness.rest.calls).toEqual([]);
  });
});

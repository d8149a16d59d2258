import { describe, expect, it } from "vitest";
import { startHarness } from "./testing/harness.ts";
import { createTestFunction, ECHO_PATH } from "./testing/test-function.ts";

describe("the database out of reach", () => {
  it("is our fault, and answered at once", async () => {
    const alone = await startHarness(createTestFunction);
    await alone.stop();
    const answer = await alone.call(ECHO_PATH, { method: "PUT", body: { text: "" } });
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error" } });
    expect(JSON.stringify(answer.body)).not.toMatch(/127\.0\.0\.1|ECONN|fetch/);
  });
});

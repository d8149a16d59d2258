import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { SESSION_ID, summary } from "../../_shared/examples.ts";
import { useSessions } from "./testing.ts";

const path = `/sessions/${SESSION_ID}/summary`;

describe("GET /sessions/:id/summary", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, { method: "GET", path });

  it("answers the recap", async () => {
    harness().answerWith(summary);
    const before = Date.now();
    const answer = await harness().call(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ summary, serverNow: expect.any(Number) });
    expect(answer.body.serverNow).toBeGreaterThanOrEqual(before);
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/get_live_session_summary",
      body: { session_id_param: SESSION_ID },
    });
  });
});

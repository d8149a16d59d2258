import { describe, expect, it } from "vitest";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { GUEST_ID, SESSION_ID } from "../../_shared/examples.ts";
import { itAnswersWithNothing } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const good = {
  method: "DELETE",
  path: `/sessions/${SESSION_ID}/participants/${GUEST_ID}`,
} as const;

describe("DELETE /sessions/:id/participants/:userId", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, null);

  itAnswersWithNothing(harness, good, {
    rpc: "remove_live_session_participant",
    parameters: { session_id_param: SESSION_ID, user_id_param: GUEST_ID },
  });

  it("refuses a malformed id of the person", async () => {
    const answer = await harness().call(`/sessions/${SESSION_ID}/participants/bob`, good);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "invalid_request", errors: [{ path: "userId" }] },
    });
  });
});

import { describe } from "vitest";
import { GUEST_ID, SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/leader`,
  body: { userId: GUEST_ID },
} as const;

describe("POST /guided/:sessionId/leader", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "transfer_live_session_lead",
    parameters: { session_id_param: SESSION_ID, user_id_param: GUEST_ID },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{}, "userId"],
    [{ userId: "bob" }, "userId"],
    [{ userId: null }, "userId"],
  ]);
});

import { describe } from "vitest";
import { GUEST_ID, HOST_ID, participantAnswer, SESSION_ID } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const answer = { ...participantAnswer, ready: [HOST_ID], waitingFor: [GUEST_ID] };
const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/ready`,
  body: { isReady: true },
} as const;

describe("POST /guided/:sessionId/ready", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "report_live_session_ready",
    parameters: { session_id_param: SESSION_ID, is_ready_param: true },
    answer: answer,
  });
  itRefusesBodies(harness, good, [
    [{}, "isReady"],
    [{ isReady: "true" }, "isReady"],
    [{ isReady: 1 }, "isReady"],
    [{ isReady: null }, "isReady"],
  ]);
});

import { describe } from "vitest";
import { SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/pause`,
} as const;

describe("POST /guided/:sessionId/pause", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, sessionAnswer);
  itMakesOneCall(harness, good, {
    rpc: "pause_live_session",
    parameters: { session_id_param: SESSION_ID },
    answer: sessionAnswer,
  });
});

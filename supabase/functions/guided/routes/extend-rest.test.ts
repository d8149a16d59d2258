import { describe } from "vitest";
import { SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/rest/extend`,
  body: { seconds: 30 },
} as const;

describe("POST /guided/:sessionId/rest/extend", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "extend_live_session_rest",
    parameters: { session_id_param: SESSION_ID, seconds_param: 30 },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{}, "seconds"],
    [{ seconds: 0 }, "seconds"],
    [{ seconds: 3601 }, "seconds"],
    [{ seconds: 1.5 }, "seconds"],
    [{ seconds: "90" }, "seconds"],
  ]);
});

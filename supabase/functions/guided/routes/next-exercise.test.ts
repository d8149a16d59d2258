import { describe } from "vitest";
import { SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/next`,
  body: { expectedVersion: 4 },
} as const;

describe("POST /guided/:sessionId/next", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "next_live_session_exercise",
    parameters: { session_id_param: SESSION_ID, expected_version_param: 4 },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{}, "expectedVersion"],
    [{ expectedVersion: "4" }, "expectedVersion"],
    [{ expectedVersion: -1 }, "expectedVersion"],
    [{ expectedVersion: 1.5 }, "expectedVersion"],
    [{ expectedVersion: null }, "expectedVersion"],
    [{ expectedVersion: 2 ** 53 }, "expectedVersion"],
  ]);
});

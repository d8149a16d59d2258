import { describe } from "vitest";
import { SESSION_ID, sessionAnswer, summary } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const good = { method: "POST", path: `/sessions/${SESSION_ID}/end` } as const;
const answer = { ...sessionAnswer, summary };

describe("POST /sessions/:id/end", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, answer);
  itMakesOneCall(harness, good, {
    rpc: "end_live_session",
    parameters: { session_id_param: SESSION_ID },
    answer,
  });
});

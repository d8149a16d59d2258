import { describe } from "vitest";
import { participantAnswer, SESSION_ID } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const good = { method: "POST", path: `/sessions/${SESSION_ID}/leave` } as const;
const answer = participantAnswer;

describe("POST /sessions/:id/leave", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, answer);
  itMakesOneCall(harness, good, {
    rpc: "leave_live_session",
    parameters: { session_id_param: SESSION_ID },
    answer,
  });
});

import { describe } from "vitest";
import { GUEST_ID, SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const good = {
  method: "POST",
  path: `/sessions/${SESSION_ID}/host`,
  body: { userId: GUEST_ID },
} as const;

describe("POST /sessions/:id/host", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "transfer_live_session_host",
    parameters: { session_id_param: SESSION_ID, user_id_param: GUEST_ID },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{}, "userId"],
    [{ userId: "bob" }, "userId"],
    [{ userId: null }, "userId"],
    [{ userId: [GUEST_ID] }, "userId"],
  ]);
});

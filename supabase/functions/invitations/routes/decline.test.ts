import { describe } from "vitest";
import { invitation, INVITATION_ID, NOW } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = { method: "POST", path: `/invitations/${INVITATION_ID}/decline` } as const;
const answer = { invitation, serverNow: NOW };

describe("POST /invitations/:id/decline", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, answer);
  itMakesOneCall(harness, good, {
    rpc: "decline_live_session_invitation",
    parameters: { invitation_id_param: INVITATION_ID },
    answer,
  });
});

import { describe } from "vitest";
import { invitation, INVITATION_ID, participantAnswer } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = { method: "POST", path: `/invitations/${INVITATION_ID}/accept` } as const;
const answer = { ...participantAnswer, invitation };

describe("POST /invitations/:id/accept", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, answer);
  itMakesOneCall(harness, good, {
    rpc: "accept_live_session_invitation",
    parameters: { invitation_id_param: INVITATION_ID },
    answer,
  });
});

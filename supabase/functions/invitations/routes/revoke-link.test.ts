import { describe } from "vitest";
import { LINK_ID } from "../../_shared/examples.ts";
import {
  itRefusesWhatEveryRouteRefuses,
  itTakesNoBody,
} from "../../_shared/testing/common-refusals.ts";
import { itAnswersWithNothing } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = { method: "DELETE", path: `/invitations/links/${LINK_ID}` } as const;

describe("DELETE /invitations/links/:id", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itTakesNoBody(harness, good, null);
  itAnswersWithNothing(harness, good, {
    rpc: "revoke_live_session_invitation_link",
    parameters: { link_id_param: LINK_ID },
  });
});

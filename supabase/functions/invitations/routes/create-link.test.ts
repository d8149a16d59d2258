import { describe, expect, it } from "vitest";
import { LINK_ID, NOW, SESSION_ID } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = {
  method: "POST",
  path: "/invitations/links",
  body: { sessionId: SESSION_ID, maxUses: 5, expiresInMinutes: 60 },
} as const;
const answer = {
  id: LINK_ID,
  code: "K7QNM-3XWPA-HT92D",
  expiresAt: NOW + 3_600_000,
  maxUses: 5,
  serverNow: NOW,
};

describe("POST /invitations/links", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "create_live_session_invitation_link",
    parameters: { session_id_param: SESSION_ID, max_uses_param: 5, expires_in_minutes_param: 60 },
    answer,
    status: 201,
  });
  itRefusesBodies(harness, good, [
    [{}, "sessionId"],
    [{ sessionId: "leg-day" }, "sessionId"],
    [{ sessionId: SESSION_ID, maxUses: 0 }, "maxUses"],
    [{ sessionId: SESSION_ID, maxUses: 51 }, "maxUses"],
    [{ sessionId: SESSION_ID, maxUses: "5" }, "maxUses"],
    [{ sessionId: SESSION_ID, expiresInMinutes: 0 }, "expiresInMinutes"],
    [{ sessionId: SESSION_ID, expiresInMinutes: 10_081 }, "expiresInMinutes"],
  ]);

  it("hands the Idempotency-Key on, and leaves the rest to the database", async () => {
    harness().answerWith(answer);
    const headers = { "idempotency-key": "once" };
    const body = { sessionId: SESSION_ID };
    expect(await harness().call(good.path, { method: "POST", body, headers })).toMatchObject({
      status: 201,
    });
    expect(harness().onlyRestCall()).toMatchObject({ headers });
    expect(harness().onlyRestCall().body).toEqual({ session_id_param: SESSION_ID });
  });
});

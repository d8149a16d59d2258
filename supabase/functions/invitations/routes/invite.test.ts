import { describe, expect, it } from "vitest";
import { GUEST_ID, HOST_ID, invitation, NOW, SESSION_ID } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const body = { sessionId: SESSION_ID, recipientIds: [GUEST_ID, HOST_ID] };
const good = {
  method: "POST",
  path: "/invitations",
  body: { ...body, expiresInMinutes: 60 },
} as const;
const answer = {
  results: [
    { recipientId: GUEST_ID, outcome: "invited", invitation },
    { recipientId: HOST_ID, outcome: "already_in_session" },
  ],
  serverNow: NOW,
};

describe("POST /invitations", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "invite_to_live_session",
    parameters: {
      session_id_param: SESSION_ID,
      recipient_ids_param: [GUEST_ID, HOST_ID],
      expires_in_minutes_param: 60,
    },
    answer,
  });
  itRefusesBodies(harness, good, [
    [{ recipientIds: [GUEST_ID] }, "sessionId"],
    [{ ...body, sessionId: "leg-day" }, "sessionId"],
    [{ sessionId: SESSION_ID }, "recipientIds"],
    [{ ...body, recipientIds: GUEST_ID }, "recipientIds"],
    [{ ...body, recipientIds: [] }, "recipientIds"],
    [{ ...body, recipientIds: Array(51).fill(GUEST_ID) }, "recipientIds"],
    [{ ...body, recipientIds: [GUEST_ID, "bob"] }, "recipientIds.1"],
    [{ ...body, expiresInMinutes: 0 }, "expiresInMinutes"],
    [{ ...body, expiresInMinutes: 10_081 }, "expiresInMinutes"],
    [{ ...body, expiresInMinutes: null }, "expiresInMinutes"],
  ]);

  it("hands the Idempotency-Key on, and leaves the time to the database", async () => {
    harness().answerWith(answer);
    const headers = { "idempotency-key": "once" };
    const sent = { method: "POST", body, headers };
    expect(await harness().call(good.path, sent)).toMatchObject({ status: 200 });
    expect(harness().onlyRestCall()).toMatchObject({ headers });
    expect(harness().onlyRestCall().body).toEqual({
      session_id_param: SESSION_ID,
      recipient_ids_param: [GUEST_ID, HOST_ID],
    });
  });
});

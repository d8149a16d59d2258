import { describe, expect, it } from "vitest";
import { participantAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = {
  method: "POST",
  path: "/invitations/links/redeem",
  body: { code: "k7qnm 3xwpa ht92d" },
} as const;

describe("POST /invitations/links/redeem", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "redeem_live_session_invitation_link",
    parameters: { code_param: "k7qnm 3xwpa ht92d" },
    answer: participantAnswer,
  });
  itRefusesBodies(harness, good, [
    [{}, "code"],
    [{ code: "" }, "code"],
    [{ code: "x".repeat(101) }, "code"],
    [{ code: 12345 }, "code"],
    [{ code: "a\0b" }, "code"],
  ]);

  // The database answers a wrong code instead of raising an error, so that the guess counts.
  it.each([
    ["invitation_not_found", 404],
    ["session_ended", 409],
    ["invitation_expired", 410],
  ])("hands on that the code is refused with %s", async (code, status) => {
    const refusal = {
      code: `PT${status}`,
      message: code,
      details: "It opens nothing.",
      hint: null,
    };
    harness().answerWith(refusal, status);
    expect(await harness().call(good.path, good)).toMatchObject({
      status,
      body: { code, detail: "It opens nothing." },
    });
  });
});

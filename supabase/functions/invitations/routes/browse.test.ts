import { describe, expect, it } from "vitest";
import { invitation, NOW } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesQueries } from "../../_shared/testing/one-call.ts";
import { useInvitations } from "./testing.ts";

const good = { method: "GET", path: "/invitations" } as const;

describe("GET /invitations", () => {
  const harness = useInvitations();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "browse_live_session_invitations",
    parameters: {},
    answer: { items: [invitation], nextCursor: "c1", serverNow: NOW },
  });
  itRefusesQueries(harness, good.path, [
    ["box=all", "box"],
    ["box=sent&box=received", "box"],
    ["status=open", "status"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["cursor=", "cursor"],
  ]);

  it("hands every choice on", async () => {
    harness().answerWith({ items: [], nextCursor: null, serverNow: NOW });
    const query = "box=sent&status=revoked&limit=7&cursor=abc";
    const answer = await harness().call(`/invitations?${query}`);
    expect(answer.body).toEqual({ items: [], nextCursor: null, serverNow: NOW });
    expect(harness().onlyRestCall().body).toEqual({
      box_param: "sent",
      status_param: "revoked",
      limit_param: 7,
      cursor_param: "abc",
    });
  });
});

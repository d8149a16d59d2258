import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { event, NOW, participant, session, SESSION_ID } from "../../_shared/examples.ts";
import { useSessions } from "./testing.ts";

const path = `/sessions/${SESSION_ID}`;

describe("GET /sessions/:id", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, { method: "GET", path });

  it("answers the session, who is in it and what happened last", async () => {
    const snapshot = {
      session,
      participants: [participant],
      recentEvents: [event],
      lastSeq: 9,
      serverNow: NOW,
    };
    harness().answerWith(snapshot);
    const answer = await harness().call(path);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(snapshot);
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/get_live_session_snapshot",
      body: { session_id_param: SESSION_ID },
    });
  });

  it("leaves out what the contract does not know", async () => {
    harness().answerWith({
      session: { ...session, hostEmail: "alice@example.com" },
      participants: [{ ...participant, email: "alice@example.com" }],
      recentEvents: [],
      lastSeq: 9,
      serverNow: NOW,
      debug: true,
    });
    const answer = await harness().call(path);
    expect(answer.body).toEqual({
      session,
      participants: [participant],
      recentEvents: [],
      lastSeq: 9,
      serverNow: NOW,
    });
  });
});

import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { NOW, session, SESSION_ID } from "../../_shared/examples.ts";
import { itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const path = `/sessions/${SESSION_ID}`;

describe("PATCH /sessions/:id", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, { method: "PATCH", path, body: { name: "Arms" } });

  it("hands on the changes, and only them", async () => {
    harness().answerWith({ session, serverNow: NOW });
    const changes = { name: null, visibility: "public", maxParticipants: 50 };
    const answer = await harness().call(path, { method: "PATCH", body: changes });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ session, serverNow: NOW });
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/update_live_session",
      body: { session_id_param: SESSION_ID, changes_param: changes },
    });
  });

  itRefusesBodies(harness, { method: "PATCH", path }, [
    [{}, ""],
    [{ name: "" }, "name"],
    [{ theme: "x".repeat(51) }, "theme"],
    [{ visibility: null }, "visibility"],
    [{ maxParticipants: 0 }, "maxParticipants"],
    [{ status: "active" }, "status"],
    [{ hostId: SESSION_ID }, "hostId"],
  ]);
});

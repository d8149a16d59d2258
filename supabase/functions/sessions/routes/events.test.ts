import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { event, NOW, SESSION_ID } from "../../_shared/examples.ts";
import { itRefusesQueries } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const path = `/sessions/${SESSION_ID}/events`;

describe("GET /sessions/:id/events", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, { method: "GET", path });

  it("answers the events after a seq", async () => {
    const page = { events: [event], lastSeq: 9, hasMore: true, serverNow: NOW };
    harness().answerWith(page);
    const answer = await harness().call(`${path}?after=8&limit=1`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(page);
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/get_live_session_events",
      body: { session_id_param: SESSION_ID, after_param: 8, limit_param: 1 },
    });
  });

  it("leaves where to begin and how many to the database", async () => {
    harness().answerWith({ events: [], lastSeq: 0, hasMore: false, serverNow: NOW });
    expect(await harness().call(path)).toMatchObject({ status: 200 });
    expect(harness().onlyRestCall().body).toEqual({ session_id_param: SESSION_ID });
  });

  itRefusesQueries(harness, path, [
    ["after=-1", "after"],
    ["after=x", "after"],
    ["after=9007199254740993", "after"],
    ["limit=0", "limit"],
    ["limit=501", "limit"],
  ]);
});

import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { NOW, session } from "../../_shared/examples.ts";
import { itRefusesQueries } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

describe("GET /sessions", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, { method: "GET", path: "/sessions" });

  it("answers a page, the caller's own sessions unless told otherwise", async () => {
    const page = { items: [session], nextCursor: "c1", serverNow: NOW };
    harness().answerWith(page);
    expect(await harness().call("/sessions")).toMatchObject({ status: 200, body: page });
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/browse_live_sessions",
      body: { scope_param: "mine" },
    });
  });

  it("hands every choice on", async () => {
    harness().answerWith({ items: [], nextCursor: null, serverNow: NOW });
    const query = "scope=public&status=active&mode=guided&limit=7&cursor=abc";
    const answer = await harness().call(`/sessions?${query}`);
    expect(answer.body).toEqual({ items: [], nextCursor: null, serverNow: NOW });
    expect(harness().onlyRestCall().body).toEqual({
      scope_param: "public",
      status_param: "active",
      mode_param: "guided",
      limit_param: 7,
      cursor_param: "abc",
    });
  });

  itRefusesQueries(harness, "/sessions", [
    ["scope=all", "scope"],
    ["scope=mine&scope=public", "scope"],
    ["status=open", "status"],
    ["mode=solo", "mode"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=ten", "limit"],
    ["limit=", "limit"],
    ["cursor=", "cursor"],
    ["cursor=%00", "cursor"],
  ]);

  it("answers HEAD with the headers alone", async () => {
    harness().answerWith({ items: [], nextCursor: null, serverNow: NOW });
    const answer = await harness().call("/sessions", { method: "HEAD" });
    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(answer.headers.get("content-type")).toBe("application/json");
  });
});

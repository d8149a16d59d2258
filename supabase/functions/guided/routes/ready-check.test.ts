import { describe, expect, it } from "vitest";
import { GUEST_ID, HOST_ID, NOW, SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const answer = {
  ...sessionAnswer,
  ready: [HOST_ID],
  waitingFor: [GUEST_ID],
  readyCheck: { policy: "quorum", quorum: 2, deadline: NOW + 30_000 },
};
const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/ready-check`,
  body: { deadlineSeconds: 30, policy: "quorum", quorum: 2 },
} as const;

describe("POST /guided/:sessionId/ready-check", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "start_live_session_ready_check",
    parameters: {
      session_id_param: SESSION_ID,
      deadline_seconds_param: 30,
      policy_param: "quorum",
      quorum_param: 2,
    },
    answer: answer,
  });
  itRefusesBodies(harness, good, [
    [{ policy: "all" }, "deadlineSeconds"],
    [{ deadlineSeconds: 0, policy: "all" }, "deadlineSeconds"],
    [{ deadlineSeconds: 601, policy: "all" }, "deadlineSeconds"],
    [{ deadlineSeconds: "30", policy: "all" }, "deadlineSeconds"],
    [{ deadlineSeconds: 30 }, "policy"],
    [{ deadlineSeconds: 30, policy: "some" }, "policy"],
    [{ deadlineSeconds: 30, policy: "quorum" }, "quorum"],
    [{ deadlineSeconds: 30, policy: "quorum", quorum: 0 }, "quorum"],
    [{ deadlineSeconds: 30, policy: "quorum", quorum: 51 }, "quorum"],
    [{ deadlineSeconds: 30, policy: "all", quorum: 2 }, "quorum"],
    [{ deadlineSeconds: 30, policy: "leader_only", quorum: 2 }, "quorum"],
  ]);

  it.each(["all", "leader_only"])("has no quorum with the policy %s", async (policy) => {
    // Met at once: there is no check that runs.
    const { readyCheck: _, ...met } = answer;
    harness().answerWith(met);
    const body = { deadlineSeconds: 30, policy };
    expect((await harness().call(good.path, { ...good, body })).body).toEqual(met);
    expect(harness().onlyRestCall().body).toEqual({
      session_id_param: SESSION_ID,
      deadline_seconds_param: 30,
      policy_param: policy,
    });
  });
});

import { describe } from "vitest";
import { plan, SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "PUT",
  path: `/guided/${SESSION_ID}/plan`,
  body: { plannedExercises: plan, expectedVersion: 4 },
} as const;

describe("PUT /guided/:sessionId/plan", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "change_live_session_plan",
    parameters: {
      session_id_param: SESSION_ID,
      planned_exercises_param: plan,
      expected_version_param: 4,
    },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{ plannedExercises: [] }, "expectedVersion"],
    [{ expectedVersion: 4 }, "plannedExercises"],
    [{ plannedExercises: {}, expectedVersion: 4 }, "plannedExercises"],
    [{ plannedExercises: Array(101).fill(plan[0]), expectedVersion: 4 }, "plannedExercises"],
    [
      { plannedExercises: [{ exerciseId: "squat" }], expectedVersion: 4 },
      "plannedExercises.0.targetSets",
    ],
  ]);
});

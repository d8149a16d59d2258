import { describe, expect, it } from "vitest";
import { SESSION_ID, sessionAnswer } from "../../_shared/examples.ts";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import { itMakesOneCall, itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useGuided } from "./testing.ts";

const good = {
  method: "POST",
  path: `/guided/${SESSION_ID}/exercise`,
  body: { exerciseId: "squat", exerciseName: "Squat", expectedVersion: 0 },
} as const;

describe("POST /guided/:sessionId/exercise", () => {
  const harness = useGuided();
  itRefusesWhatEveryRouteRefuses(harness, good);
  itMakesOneCall(harness, good, {
    rpc: "choose_live_session_exercise",
    parameters: {
      session_id_param: SESSION_ID,
      exercise_id_param: "squat",
      exercise_name_param: "Squat",
      expected_version_param: 0,
    },
    answer: sessionAnswer,
  });
  itRefusesBodies(harness, good, [
    [{ exerciseId: "squat" }, "expectedVersion"],
    [{ expectedVersion: 4 }, "exerciseId"],
    [{ exerciseId: "", expectedVersion: 4 }, "exerciseId"],
    [{ exerciseId: "x".repeat(101), expectedVersion: 4 }, "exerciseId"],
    [{ exerciseId: 7, expectedVersion: 4 }, "exerciseId"],
    [{ exerciseId: "squat", exerciseName: "", expectedVersion: 4 }, "exerciseName"],
    [{ exerciseId: "squat", exerciseName: "a\0b", expectedVersion: 4 }, "exerciseName"],
  ]);

  it("leaves a name that was not given to the database", async () => {
    harness().answerWith(sessionAnswer);
    const body = { exerciseId: "squat", expectedVersion: 4 };
    expect(await harness().call(good.path, { ...good, body })).toMatchObject({ status: 200 });
    expect(harness().onlyRestCall().body).toEqual({
      session_id_param: SESSION_ID,
      exercise_id_param: "squat",
      expected_version_param: 4,
    });
  });
});

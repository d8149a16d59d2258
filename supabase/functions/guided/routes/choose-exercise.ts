import { createRoute, z } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";
import { text } from "../../_shared/schemas/text.ts";
import { ExpectedVersion } from "../bodies.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** What the group is to do; without a name the id stands in for it. */
export const ChooseExerciseBody = z.strictObject({
  exerciseId: text(1, 100),
  exerciseName: text(1, 100).optional(),
  expectedVersion: ExpectedVersion,
}).openapi("ChooseExerciseBody");

/** `POST /guided/:sessionId/exercise`: the leader picks an exercise. */
export const chooseExercise = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/exercise",
    operationId: "chooseExercise",
    summary: "Choose what the group does",
    description: "For the leader: any exercise, in the plan or not. Everybody's ready flag resets.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(ChooseExerciseBody, {
        exerciseId: "squat",
        exerciseName: "Squat",
        expectedVersion: 4,
      }),
    },
    responses: {
      200: json(SessionAnswer, "The group does this exercise.", sessionAnswer),
      ...problems(...LEADER_CODES, "version_conflict"),
    },
  }),
  handler: async (c) => {
    const { exerciseId, exerciseName, expectedVersion } = c.req.valid("json");
    const answer = await callRpc(c, "choose_live_session_exercise", {
      session_id_param: c.req.valid("param").sessionId,
      exercise_id_param: exerciseId,
      exercise_name_param: exerciseName,
      expected_version_param: expectedVersion,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});

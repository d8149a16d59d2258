import { createRoute, z } from "@hono/zod-openapi";
import { plan, sessionAnswer } from "../../_shared/examples.ts";
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
import { PlanInput } from "../../_shared/schemas/planned-exercise.ts";
import { ExpectedVersion } from "../bodies.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";

/** The whole plan as it is to be. */
export const PlanBody = z.strictObject({
  plannedExercises: PlanInput,
  expectedVersion: ExpectedVersion,
}).openapi("PlanBody");

/** `PUT /guided/:sessionId/plan`: the leader changes the plan. */
export const changePlan = defineRoute({
  route: createRoute({
    method: "put",
    path: "/{sessionId}/plan",
    operationId: "changePlan",
    summary: "Change the plan",
    description:
      "For the leader: edit, reorder, add, drop. The group stays at the exercise it is at.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(PlanBody, { plannedExercises: plan, expectedVersion: 4 }),
    },
    responses: {
      200: json(SessionAnswer, "The session with its new plan.", sessionAnswer),
      ...problems(...LEADER_CODES, "version_conflict"),
    },
  }),
  handler: async (c) => {
    const { plannedExercises, expectedVersion } = c.req.valid("json");
    const answer = await callRpc(c, "change_live_session_plan", {
      session_id_param: c.req.valid("param").sessionId,
      planned_exercises_param: plannedExercises,
      expected_version_param: expectedVersion,
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});

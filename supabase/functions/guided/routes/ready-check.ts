import { createRoute, z } from "@hono/zod-openapi";
import { GUEST_ID, HOST_ID, NOW, sessionAnswer } from "../../_shared/examples.ts";
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
import { Timestamp } from "../../_shared/schemas/ids.ts";
import { Quorum, ReadyCheckPolicy } from "../../_shared/schemas/ready-check.ts";
import { LEADER_CODES } from "../codes.ts";
import { GuidedPath } from "../path.ts";
import { Readiness } from "../readiness.ts";

const DeadlineSeconds = z.int().min(1).max(600);

/** How long to wait, and for whom; a number of people goes with the policy `quorum` alone. */
export const ReadyCheckBody = z.discriminatedUnion("policy", [
  z.strictObject({
    deadlineSeconds: DeadlineSeconds,
    policy: ReadyCheckPolicy.exclude(["quorum"]),
  }),
  z.strictObject({
    deadlineSeconds: DeadlineSeconds,
    policy: ReadyCheckPolicy.extract(["quorum"]),
    quorum: Quorum,
  }),
], { error: "Must be all, quorum or leader_only." }).openapi("ReadyCheckBody");

/** The session, who is ready, and the check if it runs. */
export const ReadyCheckAnswer = SessionAnswer.extend({
  ...Readiness.shape,
  readyCheck: z.object({
    policy: ReadyCheckPolicy,
    quorum: Quorum.optional(),
    deadline: Timestamp,
  }).optional(),
}).openapi("ReadyCheckAnswer");

/** `POST /guided/:sessionId/ready-check`: the leader asks who is ready. */
export const startReadyCheck = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{sessionId}/ready-check",
    operationId: "startReadyCheck",
    summary: "Ask who is ready",
    description:
      "For the leader. When the policy is met, or at the deadline, the step is open: the " +
      "event `ready_check` names who is late, and nobody waits for them.",
    tags: ["guided"],
    ...forSignedInWithBody,
    request: {
      params: GuidedPath,
      query: NoQuery,
      body: requiredJson(ReadyCheckBody, { deadlineSeconds: 30, policy: "quorum", quorum: 2 }),
    },
    responses: {
      200: json(
        ReadyCheckAnswer,
        "The check runs, unless its policy was met at once: then there is no `readyCheck`.",
        {
          ...sessionAnswer,
          ready: [HOST_ID],
          waitingFor: [GUEST_ID],
          readyCheck: { policy: "quorum", quorum: 2, deadline: NOW + 30_000 },
        },
      ),
      ...problems(...LEADER_CODES),
    },
  }),
  handler: async (c) => {
    const body = c.req.valid("json");
    const answer = await callRpc(c, "start_live_session_ready_check", {
      session_id_param: c.req.valid("param").sessionId,
      deadline_seconds_param: body.deadlineSeconds,
      policy_param: body.policy,
      quorum_param: body.policy === "quorum" ? body.quorum : undefined,
    }, ReadyCheckAnswer);
    return c.json(answer, 200);
  },
});

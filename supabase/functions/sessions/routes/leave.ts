import { createRoute } from "@hono/zod-openapi";
import { participantAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath } from "../../_shared/schemas/ids.ts";
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";

/** `POST /sessions/:id/leave`: the caller leaves and keeps their history. */
export const leaveSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/leave",
    operationId: "leaveSession",
    summary: "Leave a session",
    description:
      "A leaving host hands the role to whoever is present longest; the last one to leave ends it.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(ParticipantAnswer, "The caller has left.", participantAnswer),
      ...problems(...WRITE_CODES, "not_participant", "session_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "leave_live_session",
      { session_id_param: id },
      ParticipantAnswer,
    );
    return c.json(answer, 200);
  },
});

import { createRoute } from "@hono/zod-openapi";
import {
  defineRoute,
  forSignedIn,
  NoQuery,
  nothing,
  problems,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { NothingAnswer } from "../../_shared/schemas/answers.ts";
import { SessionPath, Uuid } from "../../_shared/schemas/ids.ts";

const ParticipantPath = SessionPath.extend({
  userId: Uuid.openapi({ param: { name: "userId", in: "path" }, description: "Whom to remove" }),
});

/** `DELETE /sessions/:id/participants/:userId`: the host sends somebody away for good. */
export const removeParticipant = defineRoute({
  route: createRoute({
    method: "delete",
    path: "/{id}/participants/{userId}",
    operationId: "removeParticipant",
    summary: "Remove somebody from a session",
    description: "For the host. Who is removed cannot come back. Again changes nothing.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: ParticipantPath, query: NoQuery },
    responses: {
      204: nothing("They are out."),
      ...problems(
        ...WRITE_CODES,
        "not_host",
        "session_not_found",
        "user_not_found",
        "session_ended",
      ),
    },
  }),
  handler: async (c) => {
    const { id, userId } = c.req.valid("param");
    await callRpc(
      c,
      "remove_live_session_participant",
      { session_id_param: id, user_id_param: userId },
      NothingAnswer,
    );
    return c.body(null, 204);
  },
});

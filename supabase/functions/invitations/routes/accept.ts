import { createRoute } from "@hono/zod-openapi";
import { invitation, participantAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";
import { LiveSessionInvitation } from "../../_shared/schemas/live-session-invitation.ts";
import { InvitationPath } from "../paths.ts";

/** The accepted invitation, and the session the caller is in now. */
export const AcceptAnswer = ParticipantAnswer.extend({ invitation: LiveSessionInvitation })
  .openapi("AcceptAnswer");

/** `POST /invitations/:id/accept`: the recipient accepts and is in the session, in one step. */
export const acceptInvitation = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/accept",
    operationId: "acceptInvitation",
    summary: "Accept an invitation and join",
    description: "For the recipient. Accepting again changes nothing.",
    tags: ["invitations"],
    ...forSignedIn,
    request: { params: InvitationPath, query: NoQuery },
    responses: {
      200: json(AcceptAnswer, "The caller is in the session.", {
        ...participantAnswer,
        invitation: { ...invitation, status: "accepted" },
      }),
      ...problems(
        ...WRITE_CODES,
        "invitation_not_found",
        "invitation_expired",
        // Somebody in it blocks the caller, or is blocked by them.
        "session_not_found",
        "session_ended",
        "session_full",
        "already_in_session",
      ),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "accept_live_session_invitation",
      { invitation_id_param: id },
      AcceptAnswer,
    );
    return c.json(answer, 200);
  },
});

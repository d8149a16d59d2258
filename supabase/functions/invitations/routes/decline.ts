import { createRoute, z } from "@hono/zod-openapi";
import { invitation, NOW } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { Timestamp } from "../../_shared/schemas/ids.ts";
import { LiveSessionInvitation } from "../../_shared/schemas/live-session-invitation.ts";
import { InvitationPath } from "../paths.ts";

/** The declined invitation. */
export const DeclineAnswer = z.object({
  invitation: LiveSessionInvitation,
  serverNow: Timestamp,
}).openapi("DeclineAnswer");

/** `POST /invitations/:id/decline`: the recipient declines. */
export const declineInvitation = defineRoute({
  route: createRoute({
    method: "post",
    path: "/{id}/decline",
    operationId: "declineInvitation",
    summary: "Decline an invitation",
    description: "For the recipient, until it is accepted. Declining again changes nothing.",
    tags: ["invitations"],
    ...forSignedIn,
    request: { params: InvitationPath, query: NoQuery },
    responses: {
      200: json(DeclineAnswer, "The invitation is declined.", {
        invitation: { ...invitation, status: "declined" },
        serverNow: NOW,
      }),
      ...problems(
        ...WRITE_CODES,
        "invitation_not_found",
        "invitation_expired",
        "already_in_session",
      ),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "decline_live_session_invitation",
      { invitation_id_param: id },
      DeclineAnswer,
    );
    return c.json(answer, 200);
  },
});

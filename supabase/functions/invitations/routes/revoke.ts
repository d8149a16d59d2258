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
import { InvitationPath } from "../paths.ts";

/** `DELETE /invitations/:id`: the sender takes an invitation back. */
export const revokeInvitation = defineRoute({
  route: createRoute({
    method: "delete",
    path: "/{id}",
    operationId: "revokeInvitation",
    summary: "Take an invitation back",
    description: "For the sender, until it is accepted. Again changes nothing.",
    tags: ["invitations"],
    ...forSignedIn,
    request: { params: InvitationPath, query: NoQuery },
    responses: {
      204: nothing("It holds no longer."),
      ...problems(...WRITE_CODES, "invitation_not_found", "already_in_session"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    await callRpc(
      c,
      "revoke_live_session_invitation",
      { invitation_id_param: id },
      NothingAnswer,
    );
    return c.body(null, 204);
  },
});

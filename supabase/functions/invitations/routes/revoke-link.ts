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
import { LinkPath } from "../paths.ts";

/** `DELETE /invitations/links/:id`: the host takes a code back. */
export const revokeLink = defineRoute({
  route: createRoute({
    method: "delete",
    path: "/links/{id}",
    operationId: "revokeInvitationLink",
    summary: "Take a code back",
    description: "For the host, and whoever made the code. Again changes nothing.",
    tags: ["invitations"],
    ...forSignedIn,
    request: { params: LinkPath, query: NoQuery },
    responses: {
      204: nothing("It opens nothing any more."),
      ...problems(...WRITE_CODES, "invitation_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    await callRpc(
      c,
      "revoke_live_session_invitation_link",
      { link_id_param: id },
      NothingAnswer,
    );
    return c.body(null, 204);
  },
});

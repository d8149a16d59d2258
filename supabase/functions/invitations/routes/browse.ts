import { createRoute, z } from "@hono/zod-openapi";
import { invitation, NOW } from "../../_shared/examples.ts";
import { COMMON_CODES, defineRoute, forSignedIn, json, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { Timestamp } from "../../_shared/schemas/ids.ts";
import {
  InvitationStatus,
  LiveSessionInvitation,
} from "../../_shared/schemas/live-session-invitation.ts";
import { Cursor, NextCursor, PageLimit } from "../../_shared/schemas/paging.ts";

/** Which invitations, and which page of them. */
export const InvitationsQuery = z.strictObject({
  box: z.enum(["received", "sent"]).optional().openapi({ default: "received" }),
  status: InvitationStatus.optional(),
  limit: PageLimit.optional().openapi({ default: 20 }),
  cursor: Cursor.optional(),
});

/** A page of invitations, newest first. */
export const InvitationPage = z.object({
  items: z.array(LiveSessionInvitation),
  nextCursor: NextCursor,
  serverNow: Timestamp,
}).openapi("InvitationPage");

/** `GET /invitations`: the invitations one got or sent. */
export const browseInvitations = defineRoute({
  route: createRoute({
    method: "get",
    path: "/",
    operationId: "browseInvitations",
    summary: "Browse invitations",
    description: "Those one got, or those one sent, newest first.",
    tags: ["invitations"],
    ...forSignedIn,
    request: { query: InvitationsQuery },
    responses: {
      200: json(InvitationPage, "A page of invitations.", {
        items: [invitation],
        nextCursor: null,
        serverNow: NOW,
      }),
      ...problems(...COMMON_CODES),
    },
  }),
  handler: async (c) => {
    const query = c.req.valid("query");
    const answer = await callRpc(c, "browse_live_session_invitations", {
      box_param: query.box,
      status_param: query.status,
      limit_param: query.limit,
      cursor_param: query.cursor,
    }, InvitationPage);
    return c.json(answer, 200);
  },
});

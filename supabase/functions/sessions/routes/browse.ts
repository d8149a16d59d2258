import { createRoute, z } from "@hono/zod-openapi";
import { NOW, session } from "../../_shared/examples.ts";
import { COMMON_CODES, defineRoute, forSignedIn, json, problems } from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { Timestamp } from "../../_shared/schemas/ids.ts";
import { LiveSession, SessionMode, SessionStatus } from "../../_shared/schemas/live-session.ts";
import { Cursor, NextCursor, PageLimit } from "../../_shared/schemas/paging.ts";

/** Which sessions, and which page of them. */
export const BrowseQuery = z.strictObject({
  scope: z.enum(["mine", "friends", "public"]).optional().openapi({ default: "mine" }),
  status: SessionStatus.optional(),
  mode: SessionMode.optional(),
  limit: PageLimit.optional().openapi({ default: 20 }),
  cursor: Cursor.optional(),
});

/** A page of sessions, newest first. */
export const BrowseAnswer = z.object({
  items: z.array(LiveSession),
  nextCursor: NextCursor,
  serverNow: Timestamp,
}).openapi("SessionPage");

/** `GET /sessions`: the sessions the caller may see. */
export const browseSessions = defineRoute({
  route: createRoute({
    method: "get",
    path: "/",
    operationId: "browseSessions",
    summary: "Browse sessions",
    description: "One's own, one's friends' or the public ones, newest first.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { query: BrowseQuery },
    responses: {
      200: json(BrowseAnswer, "A page of sessions.", {
        items: [session],
        nextCursor: null,
        serverNow: NOW,
      }),
      ...problems(...COMMON_CODES),
    },
  }),
  handler: async (c) => {
    const query = c.req.valid("query");
    const answer = await callRpc(c, "browse_live_sessions", {
      scope_param: query.scope ?? "mine",
      status_param: query.status,
      mode_param: query.mode,
      limit_param: query.limit,
      cursor_param: query.cursor,
    }, BrowseAnswer);
    return c.json(answer, 200);
  },
});

import { createRoute, z } from "@hono/zod-openapi";
import { NOW, summary } from "../../_shared/examples.ts";
import {
  COMMON_CODES,
  defineRoute,
  forSignedIn,
  json,
  NoQuery,
  problems,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath, Timestamp } from "../../_shared/schemas/ids.ts";
import { LiveSessionSummary } from "../../_shared/schemas/live-session-summary.ts";

/** The recap. */
export const SummaryAnswer = z.object({ summary: LiveSessionSummary, serverNow: Timestamp })
  .openapi("SummaryAnswer");

/** `GET /sessions/:id/summary`: the recap, for people who are or were in it. */
export const readSummary = defineRoute({
  route: createRoute({
    method: "get",
    path: "/{id}/summary",
    operationId: "readSummary",
    summary: "Read the recap",
    description: "What the session came to, or has come to so far.",
    tags: ["sessions"],
    ...forSignedIn,
    request: { params: SessionPath, query: NoQuery },
    responses: {
      200: json(SummaryAnswer, "The recap.", { summary, serverNow: NOW }),
      ...problems(...COMMON_CODES, "not_participant", "session_not_found"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(
      c,
      "get_live_session_summary",
      { session_id_param: id },
      LiveSessionSummary,
    );
    return c.json({ summary: answer, serverNow: Date.now() }, 200);
  },
});

import { createRoute, z } from "@hono/zod-openapi";
import { sessionAnswer } from "../../_shared/examples.ts";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { SessionPath } from "../../_shared/schemas/ids.ts";
import { SessionVisibility } from "../../_shared/schemas/live-session.ts";
import { text } from "../../_shared/schemas/text.ts";
import { SessionAnswer } from "../../_shared/schemas/answers.ts";

/** What the host can change later; null takes a name or a theme away. */
export const UpdateSessionBody = z.strictObject({
  name: text(1, 100).nullable().optional(),
  theme: text(1, 50).nullable().optional(),
  visibility: SessionVisibility.optional(),
  maxParticipants: z.int().min(2).max(50).optional(),
}).refine((changes) => Object.keys(changes).length > 0, {
  message: "Must hold at least one change.",
  // Somebody who misspelt a field is told that, and not also that nothing is there.
  when: (payload) => payload.issues.length === 0,
}).openapi("UpdateSessionBody", { minProperties: 1 });

/** `PATCH /sessions/:id`: the host changes the settings. */
export const updateSession = defineRoute({
  route: createRoute({
    method: "patch",
    path: "/{id}",
    operationId: "updateSession",
    summary: "Change a session's settings",
    description: "For the host, until the session has ended.",
    tags: ["sessions"],
    ...forSignedInWithBody,
    request: {
      params: SessionPath,
      query: NoQuery,
      body: requiredJson(UpdateSessionBody, { name: "Leg day", theme: null }),
    },
    responses: {
      200: json(SessionAnswer, "The session with its new settings.", sessionAnswer),
      ...problems(...WRITE_CODES, "not_host", "session_not_found", "session_ended"),
    },
  }),
  handler: async (c) => {
    const { id } = c.req.valid("param");
    const answer = await callRpc(c, "update_live_session", {
      session_id_param: id,
      changes_param: c.req.valid("json"),
    }, SessionAnswer);
    return c.json(answer, 200);
  },
});

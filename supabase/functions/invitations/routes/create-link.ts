import { createRoute, z } from "@hono/zod-openapi";
import { invitation, LINK_ID, NOW, SESSION_ID } from "../../_shared/examples.ts";
import { IdempotencyHeader } from "../../_shared/idempotency.ts";
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
import { Timestamp, Uuid } from "../../_shared/schemas/ids.ts";
import { ExpiresInMinutes } from "../bodies.ts";

/** What the code opens, how often and for how long. */
export const CreateLinkBody = z.strictObject({
  sessionId: Uuid,
  maxUses: z.int().min(1).max(50).optional().openapi({ default: 1 }),
  expiresInMinutes: ExpiresInMinutes.optional(),
}).openapi("CreateLinkBody");

/** The code, in groups to read aloud. It is stored nowhere and shown only here. */
export const LinkAnswer = z.object({
  id: Uuid,
  code: z.string(),
  expiresAt: Timestamp,
  maxUses: z.int(),
  serverNow: Timestamp,
}).openapi("LinkAnswer");

/** `POST /invitations/links`: the host makes a code to share. */
export const createLink = defineRoute({
  route: createRoute({
    method: "post",
    path: "/links",
    operationId: "createInvitationLink",
    summary: "Make a code to share",
    description: "For the host. Whoever has the code may join while there is room. Only its hash " +
      "is stored: it is shown this once.",
    tags: ["invitations"],
    ...forSignedInWithBody,
    request: {
      headers: IdempotencyHeader,
      query: NoQuery,
      body: requiredJson(CreateLinkBody, { sessionId: SESSION_ID, maxUses: 5 }),
    },
    responses: {
      201: json(LinkAnswer, "The code.", {
        id: LINK_ID,
        code: "K7QNM-3XWPA-HT92D",
        expiresAt: invitation.expiresAt,
        maxUses: 5,
        serverNow: NOW,
      }),
      ...problems(
        ...WRITE_CODES,
        "not_host",
        "session_not_found",
        "session_ended",
        "rate_limited",
      ),
    },
  }),
  handler: async (c) => {
    const body = c.req.valid("json");
    const answer = await callRpc(
      c,
      "create_live_session_invitation_link",
      {
        session_id_param: body.sessionId,
        max_uses_param: body.maxUses,
        expires_in_minutes_param: body.expiresInMinutes,
      },
      LinkAnswer,
      { idempotencyKey: c.req.valid("header")["idempotency-key"] },
    );
    return c.json(answer, 201);
  },
});

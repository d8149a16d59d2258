import { createRoute, z } from "@hono/zod-openapi";
import { GUEST_ID, invitation, NOW, SESSION_ID } from "../../_shared/examples.ts";
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
import {
  InvitationOutcome,
  LiveSessionInvitation,
} from "../../_shared/schemas/live-session-invitation.ts";
import { ExpiresInMinutes } from "../bodies.ts";

/** Whom to invite, to what, for how long. */
export const InviteBody = z.strictObject({
  sessionId: Uuid,
  recipientIds: z.array(Uuid).min(1).max(50),
  expiresInMinutes: ExpiresInMinutes.optional(),
}).openapi("InviteBody");

/** What came of it, for each person once; the invitation if there is one. */
export const InviteAnswer = z.object({
  results: z.array(z.object({
    recipientId: Uuid,
    outcome: InvitationOutcome,
    invitation: LiveSessionInvitation.optional(),
  })),
  serverNow: Timestamp,
}).openapi("InviteAnswer");

/** `POST /invitations`: the host invites friends. */
export const inviteFriends = defineRoute({
  route: createRoute({
    method: "post",
    path: "/",
    operationId: "inviteFriends",
    summary: "Invite friends",
    description: "For the host. Each person gets an outcome of their own; of those who cannot be " +
      "invited the answer does not tell why.",
    tags: ["invitations"],
    ...forSignedInWithBody,
    request: {
      headers: IdempotencyHeader,
      query: NoQuery,
      body: requiredJson(InviteBody, {
        sessionId: SESSION_ID,
        recipientIds: [GUEST_ID],
        expiresInMinutes: 60,
      }),
    },
    responses: {
      200: json(InviteAnswer, "What came of it.", {
        results: [{ recipientId: GUEST_ID, outcome: "invited", invitation }],
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
      "invite_to_live_session",
      {
        session_id_param: body.sessionId,
        recipient_ids_param: body.recipientIds,
        expires_in_minutes_param: body.expiresInMinutes,
      },
      InviteAnswer,
      { idempotencyKey: c.req.valid("header")["idempotency-key"] },
    );
    return c.json(answer, 200);
  },
});

import { createRoute, z } from "@hono/zod-openapi";
import { participantAnswer } from "../../_shared/examples.ts";
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
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";
import { text } from "../../_shared/schemas/text.ts";

/** A code as somebody typed it: blanks, hyphens and small letters do not matter. */
export const RedeemBody = z.strictObject({ code: text(1, 100) }).openapi("RedeemBody");

/** `POST /invitations/links/redeem`: join by code. */
export const redeemLink = defineRoute({
  route: createRoute({
    method: "post",
    path: "/links/redeem",
    operationId: "redeemInvitationLink",
    summary: "Join by a code",
    description: "For whoever has the code. Ten attempts a minute, wrong ones included. Again " +
      "changes nothing and uses nothing up.",
    tags: ["invitations"],
    ...forSignedInWithBody,
    request: {
      query: NoQuery,
      body: requiredJson(RedeemBody, { code: "K7QNM-3XWPA-HT92D" }),
    },
    responses: {
      200: json(ParticipantAnswer, "The caller is in the session.", participantAnswer),
      ...problems(
        ...WRITE_CODES,
        "invitation_not_found",
        "invitation_expired",
        "session_ended",
        "session_full",
        "already_in_session",
        "rate_limited",
      ),
    },
  }),
  handler: async (c) => {
    const answer = await callRpc(c, "redeem_live_session_invitation_link", {
      code_param: c.req.valid("json").code,
    }, ParticipantAnswer);
    return c.json(answer, 200);
  },
});

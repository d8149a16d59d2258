import { createRoute, z } from "@hono/zod-openapi";
import {
  defineRoute,
  forSignedInWithBody,
  json,
  NoQuery,
  problems,
  requiredJson,
  WRITE_CODES,
} from "../../_shared/routes.ts";
import { GUEST_ID, participantAnswer, plan, SESSION_ID } from "../../_shared/examples.ts";
import { IdempotencyHeader } from "../../_shared/idempotency.ts";
import { callRpc } from "../../_shared/rpc.ts";
import { Uuid } from "../../_shared/schemas/ids.ts";
import { SessionMode, SessionVisibility } from "../../_shared/schemas/live-session.ts";
import { InvitationOutcome } from "../../_shared/schemas/live-session-invitation.ts";
import { PlanInput } from "../../_shared/schemas/planned-exercise.ts";
import { text } from "../../_shared/schemas/text.ts";
import { ParticipantAnswer } from "../../_shared/schemas/answers.ts";

/** What a session is opened with. */
export const OpenSessionBody = z.strictObject({
  mode: SessionMode,
  name: text(1, 100).optional(),
  theme: text(1, 50).optional(),
  visibility: SessionVisibility.optional(),
  maxParticipants: z.int().min(2).max(50).optional(),
  plannedExercises: PlanInput.optional(),
  inviteeIds: z.array(Uuid).max(50).optional(),
}).openapi("OpenSessionBody");

/** The session, and what became of each invitation if there were any. */
export const OpenSessionAnswer = ParticipantAnswer.extend({
  invitations: z.array(z.object({
    recipientId: Uuid,
    outcome: InvitationOutcome,
  })).optional(),
}).openapi("OpenSessionAnswer");

const opened = json(OpenSessionAnswer, "The session is open.", {
  ...participantAnswer,
  invitations: [{ recipientId: GUEST_ID, outcome: "invited" }],
});

/** `POST /sessions`: the caller becomes host, participant and leader of a new session. */
export const openSession = defineRoute({
  route: createRoute({
    method: "post",
    path: "/",
    operationId: "openSession",
    summary: "Open a session",
    description:
      "The caller is its host, its first participant and, when it is guided, its leader.",
    tags: ["sessions"],
    ...forSignedInWithBody,
    request: {
      headers: IdempotencyHeader,
      query: NoQuery,
      body: requiredJson(OpenSessionBody, {
        mode: "guided",
        name: "Leg day",
        theme: "strength",
        visibility: "friends",
        maxParticipants: 10,
        plannedExercises: plan,
        inviteeIds: [GUEST_ID],
      }),
    },
    responses: {
      201: {
        ...opened,
        headers: {
          ...opened.headers,
          location: {
            description: "Where it is read",
            required: true,
            schema: { type: "string" },
            example: `/functions/v1/sessions/${SESSION_ID}`,
          },
        },
      },
      ...problems(...WRITE_CODES, "already_in_session", "rate_limited"),
    },
  }),
  handler: async (c) => {
    const body = c.req.valid("json");
    const answer = await callRpc(
      c,
      "open_live_session",
      {
        mode_param: body.mode,
        name_param: body.name,
        theme_param: body.theme,
        visibility_param: body.visibility,
        max_participants_param: body.maxParticipants,
        planned_exercises_param: body.plannedExercises,
        invitee_ids_param: body.inviteeIds,
      },
      OpenSessionAnswer,
      { idempotencyKey: c.req.valid("header")["idempotency-key"] },
    );
    c.header("location", `/functions/v1/sessions/${answer.session.id}`);
    return c.json(answer, 201);
  },
});

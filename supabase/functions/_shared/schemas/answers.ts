import { z } from "@hono/zod-openapi";
import { Timestamp } from "./ids.ts";
import { LiveSession } from "./live-session.ts";
import { LiveSessionParticipant } from "./live-session-participant.ts";

/** Answer of the calls that change a session as a whole. */
export const SessionAnswer = z.object({
  session: LiveSession,
  serverNow: Timestamp,
}).openapi("SessionAnswer");

/** Answer of the calls that change the caller's own part in a session. */
export const ParticipantAnswer = z.object({
  session: LiveSession,
  participant: LiveSessionParticipant,
  serverNow: Timestamp,
}).openapi("ParticipantAnswer");

/** The database answered with nothing; PostgREST says so with null or with an empty body. */
export const NothingAnswer = z.null().optional();

import { type ErrorCode, ERRORS, INTERNAL_ERROR_DETAIL } from "./errors.ts";
import { SESSION_ID } from "./examples.ts";
import { problemType } from "./problem.ts";

interface Sample {
  detail: string;
  members?: Record<string, unknown>;
}

/** What a refusal with each code may say, and the members that come with it. */
const SAMPLES: Record<ErrorCode, Sample> = {
  invalid_request: {
    detail: "The body is not valid; see errors.",
    members: { errors: [{ path: "colour", message: "Unknown." }] },
  },
  unauthenticated: { detail: "The access token has expired." },
  permission_denied: { detail: "You may not do this." },
  not_participant: { detail: "Join the session first." },
  not_host: { detail: "Only the host of the session may do this." },
  not_leader: { detail: "Somebody else leads this session now." },
  session_not_found: { detail: "There is no such session." },
  invitation_not_found: { detail: "There is no such invitation." },
  user_not_found: { detail: "This person is not in the session." },
  not_found: { detail: "There is nothing at this address." },
  method_not_allowed: { detail: "This address answers POST, OPTIONS only." },
  session_ended: { detail: "This session has ended." },
  session_not_started: { detail: "The session has not started yet." },
  session_full: { detail: "All 10 places are taken." },
  already_in_session: {
    detail: "Leave your present session first.",
    members: { sessionId: SESSION_ID },
  },
  invalid_mode: { detail: "Only a guided session has a leader." },
  version_conflict: {
    detail: "The group has moved on meanwhile.",
    members: { currentVersion: 5 },
  },
  invitation_expired: { detail: "This invitation has expired." },
  payload_too_large: { detail: "A body may have 64 KB at most." },
  unsupported_media_type: { detail: "Send the body as application/json." },
  invalid_exercise: { detail: "The plan ends here." },
  rate_limited: {
    detail: "That was too often; wait a moment.",
    members: { retryAfterSeconds: 12 },
  },
  internal_error: {
    detail: INTERNAL_ERROR_DETAIL,
  },
};

/** A problem document with this code, for the documentation. */
export function exampleProblem(code: ErrorCode): Record<string, unknown> {
  const { detail, members } = SAMPLES[code];
  return {
    type: problemType(code),
    title: ERRORS[code].title,
    status: ERRORS[code].status,
    detail,
    code,
    requestId: "6f1c1f6e-54a5-4a3c-8f0c-0d6a9f3f7c11",
    ...members,
  };
}

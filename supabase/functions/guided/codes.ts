import type { ErrorCode } from "../_shared/errors.ts";
import { WRITE_CODES } from "../_shared/routes.ts";

/** What every route for people in a session can answer. */
export const PRESENCE_CODES = [
  ...WRITE_CODES,
  "session_not_found",
  "not_participant",
  "session_ended",
] as const satisfies readonly ErrorCode[];

/** What every action in the course of a guided session can answer. */
export const COURSE_CODES = [
  ...PRESENCE_CODES,
  "invalid_mode",
  "session_not_started",
] as const satisfies readonly ErrorCode[];

/** What every action of the leader can answer. */
export const LEADER_CODES = [
  ...COURSE_CODES,
  "not_leader",
] as const satisfies readonly ErrorCode[];

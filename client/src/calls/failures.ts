import {
  LiveWorkoutError,
  type LiveWorkoutErrorCode,
  type LiveWorkoutErrorDetails,
} from "../errors.ts";
import type { Problem } from "../types.ts";

// What both ways to the server have in common: reading refusals, and what is none.

/** Whether this is an object with members, as documents are. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** JSON, or undefined if it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether this is a code as the server writes them. Which ones there are is the server's to say: one
 * that is newer than this client is handed on as well.
 */
export function isCode(text: unknown): text is Problem["code"] {
  return typeof text === "string" && /^[a-z]+(_[a-z]+)*$/.test(text);
}

/** What a bare HTTP status means, where whoever answered does not speak in our codes. */
const MEANINGS: Partial<Record<number, readonly [LiveWorkoutErrorCode, string]>> = {
  400: ["invalid_request", "A value in the request is not allowed."],
  401: ["unauthenticated", "Sign in again."],
  403: ["permission_denied", "You may not do this."],
  413: ["payload_too_large", "This is too much at once."],
  429: ["rate_limited", "Too many requests."],
};

/** The error for an answer without a code of ours; `statuses` are those to take at their word. */
export function failureOfStatus(
  status: number,
  statuses: readonly number[],
  details: Pick<LiveWorkoutErrorDetails, "requestId" | "members"> = {},
  cause?: unknown,
): LiveWorkoutError {
  const [code, detail] = (statuses.includes(status) ? MEANINGS[status] : undefined) ??
    ["unexpected_answer", `The answer of the server was not understood (HTTP ${status}).`];
  return new LiveWorkoutError({ code, detail, status, ...details }, { cause });
}

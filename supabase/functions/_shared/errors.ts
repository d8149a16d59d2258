/**
 * Every refusal this backend can answer with, and the way from a database error to one of them.
 * The database decides what is refused and with which code; this file only knows the status.
 */

/** Code → HTTP status and title. Nothing else in the functions names a status for an error. */
export const ERRORS = {
  invalid_request: { status: 400, title: "Invalid request" },
  unauthenticated: { status: 401, title: "Not signed in" },
  permission_denied: { status: 403, title: "Permission denied" },
  not_participant: { status: 403, title: "Not a participant" },
  not_host: { status: 403, title: "Not the host" },
  not_leader: { status: 403, title: "Not the leader" },
  session_not_found: { status: 404, title: "Session not found" },
  invitation_not_found: { status: 404, title: "Invitation not found" },
  user_not_found: { status: 404, title: "User not found" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  session_ended: { status: 409, title: "Session has ended" },
  session_not_started: { status: 409, title: "Session has not started" },
  session_full: { status: 409, title: "Session is full" },
  already_in_session: { status: 409, title: "Already in a session" },
  invalid_mode: { status: 409, title: "Not possible in this mode" },
  version_conflict: { status: 409, title: "Version conflict" },
  invitation_expired: { status: 410, title: "Invitation has expired" },
  payload_too_large: { status: 413, title: "Body too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  invalid_exercise: { status: 422, title: "Invalid exercise" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal_error: { status: 500, title: "Internal error" },
} as const satisfies Record<string, { status: number; title: string }>;

/** A code a client can rely on. */
export type ErrorCode = keyof typeof ERRORS;

/** Every code. */
export const ERROR_CODES: readonly ErrorCode[] = Object.keys(ERRORS).filter(isErrorCode);

/** Whether a text, usually the message of a database error, is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** What a refusal can carry beside its code and its sentence. */
export interface RefusalOptions {
  /** Members of the problem document beside the standard ones, such as `sessionId`. */
  members?: Record<string, unknown>;
  /** Headers the answer needs, such as `Allow`. */
  headers?: Record<string, string>;
  /** What lies behind it: goes to the log, never into the answer. */
  cause?: unknown;
}

/**
 * The one exception routes and middleware throw on purpose; the application turns it into a
 * problem document. `message` is the sentence the caller reads, so nothing internal belongs in it.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly members: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, detail: string, options: RefusalOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = "Refusal";
    this.code = code;
    this.members = options.members ?? {};
    this.headers = options.headers ?? {};
  }
}

/** The sentence for everything that is our fault: it tells the caller only what they can do. */
export const INTERNAL_ERROR_DETAIL =
  "Something went wrong on our side. Try again; if it stays, report the request id.";

/** A refusal that tells the caller nothing and the log everything. */
export function internalError(cause: unknown): Refusal {
  return new Refusal("internal_error", INTERNAL_ERROR_DETAIL, { cause });
}

/** An error as PostgREST answers it; without a code if something before the database gave it. */
export interface DatabaseError {
  code?: string;
  message: string;
  details?: string | null;
  hint?: string | null;
}

/** What a database error leaves in the log: no `details`, since Postgres quotes whole rows there. */
export class DatabaseFailure extends Error {
  readonly code: string;

  /** `status` is the HTTP status the error came with, 0 if there was no answer at all. */
  constructor(error: DatabaseError, status: number) {
    super(error.message);
    this.name = "DatabaseFailure";
    this.code = error.code || `HTTP ${status}`;
  }
}

/** SQLSTATEs and PostgREST codes that mean one of ours, with a sentence that fits every cause. */
const DATABASE_CODES: Record<string, readonly [ErrorCode, string]> = {
  "42501": ["permission_denied", "You may not do this."],
  ...Object.fromEntries(
    [
      "22001", // string_data_right_truncation
      "22003", // numeric_value_out_of_range
      "22007", // invalid_datetime_format
      "22008", // datetime_field_overflow
      "22021", // character_not_in_repertoire
      "22023", // invalid_parameter_value
      "22P02", // invalid_text_representation
      "22P05", // untranslatable_character
      "23502", // not_null_violation
      "23514", // check_violation
    ].map((state) => [state, ["invalid_request", "A value in the request is not allowed."]]),
  ),
  PGRST301: ["unauthenticated", "The access token is not valid."],
  PGRST302: ["unauthenticated", "Sign in first."],
  PGRST303: ["unauthenticated", "The access token is not valid any more."],
};

/**
 * Translates what PostgREST answered to an RPC into the refusal the caller gets.
 *
 * SQLSTATE `PTxyz` carries our own code in the message, the sentence in the details and further
 * members as JSON in the hint. A few general SQLSTATEs have a code of ours. Whatever remains is
 * `internal_error`, whose cause goes to the log.
 */
export function refusalFromDatabase(error: DatabaseError, status: number): Refusal {
  const cause = new DatabaseFailure(error, status);
  const { code } = cause;
  if (/^PT[0-9]{3}$/.test(code)) {
    if (!isErrorCode(error.message)) return internalError(cause);
    if (error.message === "internal_error") return internalError(cause);
    const detail = error.details || `${ERRORS[error.message].title}.`;
    return new Refusal(error.message, detail, { members: membersFromHint(error.hint), cause });
  }
  const known = Object.hasOwn(DATABASE_CODES, code) ? DATABASE_CODES[code] : undefined;
  if (known === undefined) return internalError(cause);
  return new Refusal(known[0], known[1], { cause });
}

function membersFromHint(hint: string | null | undefined): Record<string, unknown> {
  if (!hint) return {};
  try {
    const parsed: unknown = JSON.parse(hint);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? { ...parsed } : {};
  } catch {
    // A hint that is no JSON is a sentence for database people; callers have no use for it.
    return {};
  }
}

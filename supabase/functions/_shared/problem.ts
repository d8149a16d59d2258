import { ERRORS, type Refusal } from "./errors.ts";

/** Media type of every refusal (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = "application/problem+json" as const;

/** What every 401 asks for, in the header `WWW-Authenticate`. */
export const CHALLENGE = 'Bearer realm="live-workout"';

/** Names what kind of problem it is; an identifier, not an address to open. */
const PROBLEM_TYPE_PREFIX = "urn:problem-type:live-workout:";

/** The `type` member of a problem with this code. */
export function problemType(code: string): string {
  return PROBLEM_TYPE_PREFIX + code;
}

/**
 * The answer to a refused request: an RFC 9457 document with our `code` and `requestId`.
 * `retryAfterSeconds` among the members becomes the `Retry-After` header as well.
 */
export function problemResponse(refusal: Refusal, requestId: string): Response {
  const { status, title } = ERRORS[refusal.code];
  const document = {
    // First, so that no member can take the place of a standard one.
    ...refusal.members,
    type: problemType(refusal.code),
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId,
  };
  const headers = new Headers(refusal.headers);
  headers.set("content-type", PROBLEM_MEDIA_TYPE);
  if (status === 401 && !headers.has("www-authenticate")) {
    headers.set("www-authenticate", CHALLENGE);
  }
  const wait = refusal.members.retryAfterSeconds;
  if (typeof wait === "number" && Number.isFinite(wait) && wait >= 0) {
    headers.set("retry-after", String(Math.ceil(wait)));
  }
  return new Response(JSON.stringify(document), { status, headers });
}

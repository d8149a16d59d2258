import type { Problem } from "./types.ts";

/** What the interface can refuse with, and two that only a client can meet. */
export type LiveWorkoutErrorCode = Problem["code"] | "network_error" | "unexpected_answer";

/** What is known of a refusal. */
export interface LiveWorkoutErrorDetails {
  readonly code: LiveWorkoutErrorCode;
  /** A sentence for a person. */
  readonly detail: string;
  /** The HTTP status; 0 if nobody answered. */
  readonly status: number;
  /** Names the request in the server's log. */
  readonly requestId?: string | undefined;
  /** What the code needs beside it: `sessionId`, `currentVersion`, `retryAfterSeconds`, `errors`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

const PASSING: readonly LiveWorkoutErrorCode[] = [
  "network_error",
  "unexpected_answer",
  "internal_error",
  "rate_limited",
];

/** Everything that the client raises: a refusal with its stable code, or that nobody answered. */
export class LiveWorkoutError extends Error {
  override readonly name = "LiveWorkoutError";
  readonly code: LiveWorkoutErrorCode;
  readonly detail: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(details: LiveWorkoutErrorDetails, options?: ErrorOptions) {
    super(`${details.code}: ${details.detail}`, options);
    this.code = details.code;
    this.detail = details.detail;
    this.status = details.status;
    this.requestId = details.requestId;
    this.members = details.members ?? {};
  }

  /** Whether the same call may succeed later, with nothing changed. */
  get isRetryable(): boolean {
    return PASSING.includes(this.code) || this.status >= 500;
  }

  /** How long to wait before trying again, in ms, if the server said so. */
  get retryAfterMs(): number | undefined {
    const seconds = this.members.retryAfterSeconds;
    return typeof seconds === "number" ? seconds * 1000 : undefined;
  }
}

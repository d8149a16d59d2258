import { LiveWorkoutError } from "../errors.ts";
import type { CallOptions } from "./options.ts";

const DEFAULT_TIMEOUT_MS = 15_000;

/**
 * Lets a request run until it ends, its time is over or its caller calls it off; in the latter two
 * cases it is aborted, and not waited for: on some platforms nothing else ends a request.
 *
 * @throws LiveWorkoutError `network_error` for time that is over and for requests called off;
 *   everything else that the request raises as it is
 */
export async function withDeadline<Answer>(
  options: CallOptions,
  request: (signal: AbortSignal) => PromiseLike<Answer>,
): Promise<Answer> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  // AbortSignal.any and AbortSignal.timeout are not everywhere.
  const controller = new AbortController();
  let giveUp: (error: LiveWorkoutError) => void = () => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = (error) => {
      reject(error);
      controller.abort();
    };
  });
  const callOff = () => giveUp(nobodyAnswered("The request was called off.", signal?.reason));
  const timer = setTimeout(
    () => giveUp(nobodyAnswered(`There was no answer within ${timeoutMs / 1000} s.`)),
    timeoutMs,
  );
  signal?.addEventListener("abort", callOff);
  if (signal?.aborted) callOff();
  try {
    if (controller.signal.aborted) return await givenUp;
    return await Promise.race([givenUp, request(controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", callOff);
  }
}

/** The error for a request that got no answer. */
export function nobodyAnswered(detail: string, cause?: unknown): LiveWorkoutError {
  return new LiveWorkoutError({ code: "network_error", detail, status: 0 }, { cause });
}

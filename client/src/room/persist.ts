import { LiveWorkoutError } from "../errors.ts";
import { createBackoff } from "../sync/backoff.ts";
import { pause } from "../sync/pause.ts";

/** An attempt that was called off. */
export const CALLED_OFF = Symbol("called off");

/**
 * Tries until it succeeds, with longer and longer pauses, unless the answer is one that trying
 * again does not change.
 *
 * @throws LiveWorkoutError the refusal
 */
export async function persist<Answer>(
  attempt: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | typeof CALLED_OFF> {
  const backoff = createBackoff();
  while (!signal.aborted) {
    try {
      const answer = await attempt();
      return signal.aborted ? CALLED_OFF : answer;
    } catch (error) {
      if (signal.aborted) break;
      if (!(error instanceof LiveWorkoutError) || !error.isRetryable) throw error;
      const rest = pause(Math.max(backoff.next(), error.retryAfterMs ?? 0));
      signal.addEventListener("abort", rest.cut);
      await rest.over;
      signal.removeEventListener("abort", rest.cut);
    }
  }
  return CALLED_OFF;
}

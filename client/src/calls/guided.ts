import type { LiveWorkoutSupabase } from "../database.ts";
import type { CallOptions } from "./options.ts";
import { callRoute } from "./route.ts";
import type { AnswerOf, BodyOf, RouteName } from "./routes.ts";

type GuidedRoute = Extract<RouteName, `${string} /guided/{sessionId}/${string}`>;
type Step<Route extends GuidedRoute> = (
  sessionId: string,
  body: BodyOf<Route>,
  options?: CallOptions,
) => Promise<AnswerOf<Route>>;
type Switch<Route extends GuidedRoute> = (
  sessionId: string,
  options?: CallOptions,
) => Promise<AnswerOf<Route>>;

/**
 * Leading a group, and following. A step names the version of the session that the leader sees, and
 * is refused with `version_conflict` if the session is further. Everything raises `LiveWorkoutError`.
 */
export interface GuidedCalls {
  /** Any exercise, in the plan or not; for the leader. */
  chooseExercise: Step<"POST /guided/{sessionId}/exercise">;
  /** The next exercise of the plan; for the leader. */
  next: Step<"POST /guided/{sessionId}/next">;
  /** The one before; for the leader. */
  previous: Step<"POST /guided/{sessionId}/previous">;
  /** Another plan; for the leader. */
  changePlan: Step<"PUT /guided/{sessionId}/plan">;
  /** Says that one is ready, or is not. */
  reportReady: Step<"POST /guided/{sessionId}/ready">;
  /** Asks who is ready; for the leader. */
  startReadyCheck: Step<"POST /guided/{sessionId}/ready-check">;
  /** Starts a rest, in seconds; for the leader. */
  startRest: Step<"POST /guided/{sessionId}/rest">;
  /** Makes the rest longer, in seconds; for the leader. */
  extendRest: Step<"POST /guided/{sessionId}/rest/extend">;
  /** Ends the rest; for the leader. */
  skipRest: Switch<"POST /guided/{sessionId}/rest/skip">;
  /** Pauses; for the leader, or the host of a shared session. */
  pause: Switch<"POST /guided/{sessionId}/pause">;
  /** Goes on; for the leader, or the host of a shared session. */
  resume: Switch<"POST /guided/{sessionId}/resume">;
  /** Hands the lead over, or takes it from a leader who fell silent. */
  transferLead: Step<"POST /guided/{sessionId}/leader">;
}

/** The calls about leading, as whoever is signed in. */
export function guidedCalls(supabase: LiveWorkoutSupabase): GuidedCalls {
  const path = (sessionId: string) => ({ path: { sessionId } });
  return {
    chooseExercise: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/exercise", { ...path(id), body }, options),
    next: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/next", { ...path(id), body }, options),
    previous: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/previous", { ...path(id), body }, options),
    changePlan: (id, body, options) =>
      callRoute(supabase, "PUT /guided/{sessionId}/plan", { ...path(id), body }, options),
    reportReady: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/ready", { ...path(id), body }, options),
    startReadyCheck: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/ready-check", { ...path(id), body }, options),
    startRest: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/rest", { ...path(id), body }, options),
    extendRest: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/rest/extend", { ...path(id), body }, options),
    skipRest: (id, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/rest/skip", path(id), options),
    pause: (id, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/pause", path(id), options),
    resume: (id, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/resume", path(id), options),
    transferLead: (id, body, options) =>
      callRoute(supabase, "POST /guided/{sessionId}/leader", { ...path(id), body }, options),
  };
}

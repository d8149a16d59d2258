import type { LiveWorkoutSupabase } from "../database.ts";
import type { CallOptions } from "./options.ts";
import { callRoute } from "./route.ts";
import type { AnswerOf, RouteName } from "./routes.ts";

type NameIn<Route> = Route extends `GET /${infer Name}/health` ? Name : never;

/** The edge functions there are. */
export type FunctionName = NameIn<RouteName>;

/** About the service itself; no sign-in needed. Everything raises `LiveWorkoutError`. */
export interface ServiceCalls {
  /** Whether a function runs. */
  health(name: FunctionName, options?: CallOptions): Promise<AnswerOf<"GET /sessions/health">>;
  /** A function's description of itself. */
  openApi(
    name: FunctionName,
    options?: CallOptions,
  ): Promise<AnswerOf<"GET /sessions/openapi.json">>;
}

/** The calls about the service. */
export function serviceCalls(supabase: LiveWorkoutSupabase): ServiceCalls {
  return {
    health: (name, options) => callRoute(supabase, `GET /${name}/health`, {}, options),
    openApi: (name, options) => callRoute(supabase, `GET /${name}/openapi.json`, {}, options),
  };
}

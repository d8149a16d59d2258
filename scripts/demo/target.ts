import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { Endpoints } from "../stack/state.ts";
import { runningStack } from "../shared/stack_command.ts";
import { startTemporaryStack } from "../shared/temporary_stack.ts";

/** The Supabase project that the demo talks to. */
export interface Target {
  url: string;
  publishableKey: string;
  /** For the person who watches: which project this is. */
  description: string;
  /** Takes back what was started for the demo. */
  stop(): Promise<void>;
}

/**
 * Finds the project: the one in SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY, else the stack that runs
 * here, else one that is started for the demo and thrown away afterwards.
 *
 * @param options.mayStart whether one may be started: no other terminal would find it
 * @throws Error if only one of the two variables is set, there is none and none may be started, or
 *   the temporary stack does not start
 */
export async function findTarget(options: { readonly mayStart: boolean }): Promise<Target> {
  const url = Deno.env.get("SUPABASE_URL");
  const publishableKey = Deno.env.get("SUPABASE_PUBLISHABLE_KEY");
  if (url && publishableKey) {
    return { url, publishableKey, description: `the project at ${url}`, stop: async () => {} };
  }
  if (url || publishableKey) {
    throw new Error("Set both SUPABASE_URL and SUPABASE_PUBLISHABLE_KEY, or neither.");
  }
  const running = await runningStack();
  if (running) {
    return fromEndpoints(running, `the running stack at ${running.API_URL}`, async () => {});
  }
  if (!options.mayStart) {
    throw new Error("No stack is running here, and terminals meet on one: npm start, first.");
  }
  console.log("No stack is running here: starting one for the demo …");
  const temporary = await startTemporaryStack();
  return fromEndpoints(temporary.endpoints, "a stack of its own", temporary.stop);
}

function fromEndpoints(
  endpoints: Endpoints,
  description: string,
  stop: () => Promise<void>,
): Target {
  return {
    url: endpoints.API_URL,
    publishableKey: endpoints.PUBLISHABLE_KEY,
    description,
    stop,
  };
}

/** A client of its own for one person, as an app on their phone would have it. */
export function clientFor(target: Target): SupabaseClient {
  return createClient(target.url, target.publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
}

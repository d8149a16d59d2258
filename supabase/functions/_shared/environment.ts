import type { Context } from "hono";
import type { SupabaseClient } from "@supabase/supabase-js";
import type { FunctionConfig } from "./config.ts";
import type { Database } from "./database.types.ts";
import type { Refusal } from "./errors.ts";

/** What middleware leaves on the Hono context for what comes after it. */
export interface FunctionEnv {
  Variables: {
    /** Configuration of the function; set for every request. */
    config: FunctionConfig;
    /** Identifies the request in the answer and in the log; set for every request. */
    requestId: string;
    /** The refusal that was answered, if one was. */
    refusal?: Refusal;
    /** Who calls; set behind `signedIn`. */
    caller: Caller;
  };
}

/** The signed-in person behind a request. */
export interface Caller {
  readonly userId: string;
  /** The database with this person's own rights. There is no client with more than that. */
  readonly supabase: SupabaseClient<Database>;
}

/** The Hono context inside our functions. */
export type FunctionContext = Context<FunctionEnv>;

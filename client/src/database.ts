import type { SupabaseClient } from "@supabase/supabase-js";

/**
 * A client of supabase-js for a project that has this schema. Whatever types it was made with will
 * do: none, those of this schema, or those of an application that has more tables beside it.
 */
export type LiveWorkoutSupabase =
  & Pick<SupabaseClient, "auth" | "functions" | "realtime" | "channel" | "removeChannel">
  & {
    // Which tables it knows differs from client to client; calls/table.ts knows ours.
    from(...parameters: never[]): unknown;
    rpc(...parameters: never[]): unknown;
  };

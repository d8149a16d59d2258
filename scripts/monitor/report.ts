import { z } from "zod";

const when = z.date();
const count = z.number();

/** The rows of each view of schema monitoring, by the view's own name and columns. */
export const views = {
  active_now: z.object({
    pending_sessions: count,
    active_sessions: count,
    people_in_sessions: count,
    people_training: count,
  }),
  sessions_per_hour: z.object({
    hour: when,
    created: count,
    started: count,
    ended: count,
    joined: count,
    departed: count,
  }),
  sets_per_minute: z.object({ minute: when, sets: count, people: count, sessions: count }),
  time_to_first_set: z.object({
    sessions: count,
    sessions_without_a_set: count,
    median_seconds: z.number().nullable(),
    p95_seconds: z.number().nullable(),
  }),
  refusals: z.object({ code: z.string(), status: z.string().nullable(), refused: count }),
  function_times: z.object({
    function: z.string(),
    calls: count,
    total_ms: z.number(),
    self_ms: z.number(),
    ms_a_call: z.number().nullable(),
  }),
  unused_indexes: z.object({ table_name: z.string(), index_name: z.string(), bytes: count }),
  table_sizes: z.object({
    schema_name: z.string(),
    table_name: z.string(),
    /** Null as long as nothing has counted them. */
    estimated_rows: count.nullable(),
    table_bytes: count,
    index_bytes: count,
  }),
};

/** What the server tells of its own statistics. */
export const statisticsShape = z.object({
  /** When this was read, on the server's clock. */
  at: when,
  /** Since when the server counts; null if it has counted from the beginning. */
  statistics_since: when.nullable(),
  server_started_at: when,
  /** Which functions are timed: none, those in PL languages, or all. */
  track_functions: z.enum(["none", "pl", "all"]),
});

type Rows<View extends keyof typeof views> = z.infer<typeof views[View]>[];

/** All that is known about how it is going. */
export interface Report extends z.infer<typeof statisticsShape> {
  active_now: z.infer<typeof views.active_now>;
  sessions_per_hour: Rows<"sessions_per_hour">;
  sets_per_minute: Rows<"sets_per_minute">;
  time_to_first_set: z.infer<typeof views.time_to_first_set>;
  refusals: Rows<"refusals">;
  function_times: Rows<"function_times">;
  unused_indexes: Rows<"unused_indexes">;
  table_sizes: Rows<"table_sizes">;
}

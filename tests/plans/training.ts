import { byId, own, type Queries } from "./query.ts";

/** The queries behind the indexes on sets, records and workouts. */
export const TRAINING: Queries = {
  "public.workouts_pkey": own("amending a workout over REST", "public.workouts"),
  "public.workouts_user_id_idx": {
    of: "a person's history over REST",
    text: "select * from public.workouts order by started_at desc limit 20",
    asPerson: true,
  },
  "public.live_session_sets_pkey": byId("private.set_owner", "public.live_session_sets"),
  "public.live_session_sets_exercise_idx": {
    of: "private.derive_session_best",
    text: `select s.* from public.live_session_sets s
      where s.session_id = $1 and s.user_id = $2 and s.exercise_id = $3 and s.set_type = 'working'
      order by s.e1rm_kg desc, s.timestamp_ms, s.id limit 1`,
  },
  "public.live_session_sets_session_idx": {
    of: "a session's sets over REST",
    text: "select * from public.live_session_sets where session_id = $1 order by timestamp_ms",
    asPerson: true,
  },
  "public.live_session_sets_user_idx": {
    of: "private.export_person",
    text: "select t from public.live_session_sets t where t.user_id = $1",
  },
  "public.live_session_sets_created_at_brin": {
    of: "monitoring.sets_per_minute",
    text: "select * from monitoring.sets_per_minute",
  },
  "private.removed_live_session_sets_pkey": byId(
    "private.set_owner",
    "private.removed_live_session_sets",
  ),
  "private.removed_live_session_sets_session_idx": {
    of: "the foreign key, when a session is deleted",
    text: "delete from private.removed_live_session_sets where session_id = $1",
  },
  "private.exercise_bests_pkey": {
    of: "private.derive_session_best",
    text: `delete from private.exercise_bests b where b.user_id = $1 and b.exercise_id = $2
      and b.source_kind = 'session' and b.source_id = $3`,
  },
  "private.exercise_bests_best_idx": {
    of: "private.best_before",
    text: `select b.e1rm_kg from private.exercise_bests b
      where b.user_id = $1 and b.exercise_id = $2
        and not (b.source_kind = 'session' and b.source_id = $3) and b.achieved_at_ms < $4
      order by b.e1rm_kg desc limit 1`,
  },
  "private.archived_workouts_pkey": {
    of: "the foreign key, when a session is deleted",
    text: "delete from private.archived_workouts where session_id = $1",
  },
  "private.archived_workouts_workout_key": {
    of: "private.recompute_bests",
    text: "select from private.archived_workouts a where a.workout_id = $1",
  },
  "private.archived_workouts_user_id_idx": {
    of: "private.forget_person",
    text: "delete from private.archived_workouts a where a.user_id = $1",
  },
};

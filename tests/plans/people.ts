import { byId, own, type Queries } from "./query.ts";

/** The queries behind the indexes on people and what concerns them alone. */
export const PEOPLE: Queries = {
  "public.users_pkey": byId("private.presence_json", "public.users"),
  "public.friendships_pkey": own("accepting a request over REST", "public.friendships"),
  "public.friendships_pair_key": {
    of: "private.friend_ids",
    text: "select friend_id from public.friendships where user_id = $1 and status = 'friends'",
  },
  "public.friendships_friend_id_idx": {
    of: "private.friend_ids",
    text: "select user_id from public.friendships where friend_id = $1 and status = 'friends'",
  },
  "public.workout_presence_pkey": byId("private.clear_presence", "public.workout_presence"),
  "public.workout_presence_user_id_key": {
    of: "private.follow_set",
    text: "update public.workout_presence set last_updated_at = now() where user_id = $1",
  },
  "public.workout_presence_workout_started_at_idx": {
    of: "private.clear_presence",
    text: `select n.id from public.workout_presence n
      where n.workout_started_at < now() - interval '1 day'
        and n.last_updated_at < now() - interval '1 day'
      order by n.workout_started_at limit 500 for update skip locked`,
  },
  "public.workout_presence_live_session_id_idx": {
    of: "the foreign key, when a session is deleted",
    text: "update public.workout_presence set live_session_id = null where live_session_id = $1",
  },
  "public.quick_reactions_pkey": byId("private.before_quick_reaction", "public.quick_reactions"),
  "public.quick_reactions_to_idx": {
    of: "what one received, over REST",
    text: `select * from public.quick_reactions where to_user_id = $1
      order by created_at desc limit 50`,
    asPerson: true,
  },
  "public.quick_reactions_from_idx": {
    of: "private.export_person",
    text: "select q from public.quick_reactions q where q.from_user_id = $1",
  },
  "public.quick_reactions_set_idx": {
    of: "the foreign key, when a set is removed",
    text: "update public.quick_reactions set set_id = null where set_id = $1",
  },
  "private.rate_limits_pkey": {
    of: "private.limit_rate",
    text: `update private.rate_limits r set hits = '{}'
      where r.user_id = $1 and r.action = $2 and r.scope_id = $3`,
  },
  "private.idempotency_keys_pkey": {
    of: "private.recall_answer",
    text: "select k from private.idempotency_keys k where k.user_id = $1 and k.key_hash = $2",
  },
  "private.idempotency_keys_created_at_idx": {
    of: "private.clear_idempotency_keys",
    text: `select n.user_id, n.key_hash from private.idempotency_keys n
      where n.created_at < now() - interval '24 hours'
      order by n.created_at limit 500 for update skip locked`,
  },
  "private.topics_pkey": {
    of: "private.topic",
    text: "select t.key from private.topics t where t.name = $1",
  },
  "private.topics_moved_at_idx": {
    of: "private.settle_topics",
    text: "select t.name from private.topics t where t.moved_at < now() - interval '8 days'",
  },
  "private.presence_settings_pkey": {
    of: "private.is_invisible",
    text: "select t.visible from private.presence_settings t where t.user_id = $1",
  },
  "private.presence_hidden_from_pkey": {
    of: "private.hide_presence",
    text: `delete from private.presence_hidden_from h
      where h.user_id = $1 and h.hidden_from_id = $2`,
  },
  "private.presence_hidden_from_hidden_from_id_idx": {
    of: "private.hiding_ids",
    text: "select h.user_id from private.presence_hidden_from h where h.hidden_from_id = $1",
  },
  "private.revoked_sign_ins_pkey": {
    of: "private.is_signed_out",
    text: "select r.id from private.revoked_sign_ins r where r.id = $1",
  },
  "private.revoked_sign_ins_user_id_idx": {
    of: "private.has_signed_out_friends",
    text: "select r.id from private.revoked_sign_ins r where r.user_id = $1 and r.revoked_at > $2",
  },
  "private.revoked_sign_ins_revoked_at_idx": {
    of: "private.forget_sign_ins",
    text: `select n.id from private.revoked_sign_ins n
      where n.revoked_at < now() - interval '8 days' order by n.revoked_at limit 500`,
  },
};

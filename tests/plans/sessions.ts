import { byId, own, type Queries } from "./query.ts";

/** The queries behind the indexes on sessions and what belongs to them. */
export const SESSIONS: Queries = {
  "public.live_sessions_pkey": own("public.get_live_session_snapshot", "public.live_sessions"),
  "public.live_sessions_host_id_idx": {
    of: "public.browse_live_sessions, scope friends",
    text: `select * from public.live_sessions s
      where s.host_id = any (array(select private.friend_ids()))
      order by s.created_at desc, s.id desc limit 21`,
    asPerson: true,
  },
  "public.live_sessions_public_idx": {
    of: "public.browse_live_sessions, scope public",
    text:
      `select * from public.live_sessions s where s.visibility = 'public' and s.status <> 'ended'
      order by s.created_at desc, s.id desc limit 21`,
    asPerson: true,
  },
  "public.live_sessions_open_idx": {
    of: "private.let_silent_people_leave",
    text: `select s.* from public.live_sessions s
      where s.status = 'active' and exists (
        select from public.live_session_participants p
        where p.session_id = s.id and p.left_at is null
          and p.last_active_at < now() - interval '10 minutes'
      )
      order by s.created_at limit 50 for no key update skip locked`,
  },
  "public.live_sessions_history_idx": {
    of: "private.drop_old_history",
    text: `select s.id from public.live_sessions s
      where s.status = 'ended' and s.history_dropped_at is null
        and s.ended_at < now() - interval '90 days'
      order by s.ended_at limit 50 for no key update skip locked`,
  },
  "public.live_sessions_created_at_brin": {
    of: "monitoring.time_to_first_set",
    text: "select * from monitoring.time_to_first_set",
  },
  "public.live_session_participants_pkey": byId(
    "a participant over REST",
    "public.live_session_participants",
  ),
  "public.live_session_participants_person_key": {
    of: "private.require_presence",
    text: "select * from public.live_session_participants where session_id = $1 and user_id = $2",
  },
  "public.live_session_participants_one_open_session": {
    of: "private.current_session_ids",
    text: `select session_id from public.live_session_participants
      where user_id = $1 and left_at is null`,
  },
  "public.live_session_participants_one_leader": {
    of: "private.hand_over_lead",
    text:
      "select * from public.live_session_participants p where p.session_id = $1 and p.is_leader",
  },
  "public.live_session_participants_user_id_idx": {
    of: "private.joined_session_ids",
    text: `select p.session_id from public.live_session_participants p
      where p.user_id = $1 and not exists (
        select from private.live_session_removals r
        where r.session_id = p.session_id and r.user_id = p.user_id
      )`,
  },
  "private.live_session_removals_pkey": {
    of: "private.can_see_session",
    text: "select from private.live_session_removals r where r.session_id = $1 and r.user_id = $2",
  },
  "private.live_session_removals_user_id_idx": {
    of: "private.hidden_session_ids",
    text: "select r.session_id from private.live_session_removals r where r.user_id = $1",
  },
  "public.live_session_events_pkey": own("an event over REST", "public.live_session_events"),
  "public.live_session_events_seq_key": {
    of: "public.get_live_session_events",
    text: `select e from public.live_session_events e where e.session_id = $1 and e.seq > $2
      order by e.seq limit 100`,
    asPerson: true,
  },
  "public.live_session_events_created_at_brin": {
    of: "monitoring.sessions_per_hour",
    text: "select * from monitoring.sessions_per_hour",
  },
  "public.live_session_messages_pkey": byId(
    "private.before_message",
    "public.live_session_messages",
  ),
  "public.live_session_messages_session_idx": {
    of: "a session's messages over REST",
    text: `select * from public.live_session_messages where session_id = $1
      order by created_at desc limit 50`,
    asPerson: true,
  },
  "public.live_session_messages_participant_idx": {
    of: "the foreign key, when a participation is deleted",
    text: "delete from public.live_session_messages where session_id = $1 and user_id = $2",
  },
  "public.live_session_messages_user_idx": {
    of: "private.forget_person",
    text: "update public.live_session_messages m set message = '[deleted]' where m.user_id = $1",
  },
  "public.live_session_reactions_pkey": byId(
    "private.before_reaction",
    "public.live_session_reactions",
  ),
  "public.live_session_reactions_session_idx": {
    of: "the foreign key of the sender, when a participation is deleted",
    text: "delete from public.live_session_reactions where session_id = $1 and from_user_id = $2",
  },
  "public.live_session_reactions_to_idx": {
    of: "the foreign key of the recipient, when a participation is deleted",
    text: "delete from public.live_session_reactions where session_id = $1 and to_user_id = $2",
  },
  "public.live_session_reactions_from_idx": {
    of: "private.export_person",
    text: "select r from public.live_session_reactions r where r.from_user_id = $1",
  },
  "public.live_session_reactions_set_idx": {
    of: "the foreign key, when a set is removed",
    text: "update public.live_session_reactions set target_set_id = null where target_set_id = $1",
  },
  "public.live_session_invitations_pkey": byId(
    "private.require_invitation",
    "public.live_session_invitations",
  ),
  "public.live_session_invitations_recipient_key": {
    of: "private.invite_friends",
    text: `select i from public.live_session_invitations i
      where i.session_id = $1 and i.recipient_id = $2`,
  },
  "public.live_session_invitations_recipient_idx": {
    of: "public.browse_live_session_invitations, box received",
    text: `select i from public.live_session_invitations i where i.recipient_id = $1
      order by i.created_at desc, i.id desc limit 21`,
  },
  "public.live_session_invitations_open_idx": {
    of: "private.invited_session_ids",
    text: `select i.session_id from public.live_session_invitations i
      where i.recipient_id = $1 and i.status = 'pending' and i.expires_at > now()`,
  },
  "public.live_session_invitations_sender_idx": {
    of: "public.browse_live_session_invitations, box sent",
    text: `select i from public.live_session_invitations i where i.host_id = $1
      order by i.created_at desc, i.id desc limit 21`,
  },
  "public.live_session_invitations_expiry_idx": {
    of: "private.expire_invitations",
    text: `select n.id from public.live_session_invitations n
      where n.status = 'pending' and n.expires_at <= now()
      order by n.expires_at limit 500 for update skip locked`,
  },
  "private.live_session_invitation_links_pkey": byId(
    "private.revoke_link",
    "private.live_session_invitation_links",
  ),
  "private.live_session_invitation_links_code_key": {
    of: "private.redeem_code",
    text: "select l from private.live_session_invitation_links l where l.code_hash = $1",
  },
  "private.live_session_invitation_links_session_idx": {
    of: "the foreign key, when a session is deleted",
    text: "delete from private.live_session_invitation_links where session_id = $1",
  },
  "private.live_session_invitation_links_created_by_idx": {
    of: "private.forget_person",
    text: "delete from private.live_session_invitation_links l where l.created_by = $1",
  },
  "public.live_session_ready_checks_pkey": {
    of: "private.settle_ready_check",
    text: "select c.* from public.live_session_ready_checks c where c.session_id = $1",
  },
  "public.live_session_ready_checks_deadline_idx": {
    of: "private.end_ready_checks",
    text: `select s.id from public.live_session_ready_checks c
      join public.live_sessions s on s.id = c.session_id
      where c.deadline <= now() and s.status = 'active'
      order by c.deadline limit 500 for no key update of s skip locked`,
  },
};

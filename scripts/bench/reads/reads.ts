import { FRIENDS, IS_IN_SESSION, IS_SEEN, JOINED, SHOWN } from "./conditions.ts";
import { asRest, asRpc, type Read } from "./query.ts";

const NOW = "private.epoch_ms(clock_timestamp())";

/** What an application reads when somebody opens it, looks around, comes back. */
export const READS: readonly Read[] = [
  {
    name: "feed page, 50 latest events",
    throughPolicies: asRest(`select * from public.live_session_events
      where session_id = :session order by seq desc limit 50`),
    byOwner: asRest(`select * from public.live_session_events
      where session_id = :session and ${IS_IN_SESSION} order by seq desc limit 50`),
  },
  {
    name: "snapshot",
    throughPolicies: asRpc("public.get_live_session_snapshot(:session)"),
    byOwner: asRpc(`select jsonb_build_object(
        'session', private.session_json(s),
        'participants', (
          select coalesce(jsonb_agg(private.participant_json(p) order by p.joined_at, p.id), '[]')
          from public.live_session_participants p where p.session_id = :session
        ),
        'recentEvents', (
          select coalesce(jsonb_agg(private.event_json(e) order by e.seq), '[]')
          from public.live_session_events e
          where e.session_id = :session and e.seq > s.last_event_seq - 50
        ),
        'lastSeq', s.last_event_seq,
        'serverNow', ${NOW},
        'topic', private.topic('live_session:' || s.id)
      )
      from public.live_sessions s where s.id = :session and ${IS_IN_SESSION}`),
  },
  {
    name: "catch-up of 200 events",
    throughPolicies: asRpc("public.get_live_session_events(:session, 50, 200)"),
    byOwner: asRpc(`select jsonb_build_object(
        'events', coalesce(jsonb_agg(private.event_json(q.event) order by (q.event).seq), '[]'),
        'lastSeq', coalesce(max((q.event).seq), 50),
        'hasMore', exists (
          select from public.live_session_events e
          where e.session_id = :session and e.seq > coalesce(max((q.event).seq), 50)
        ),
        'serverNow', ${NOW},
        'topic', private.topic('live_session:' || :session)
      )
      from (
        select e as event from public.live_session_events e
        where e.session_id = :session and e.seq > 50 and ${IS_IN_SESSION}
        order by e.seq limit 200
      ) q`),
  },
  {
    name: "my history, 50 latest sets",
    throughPolicies: asRest(`select * from public.live_session_sets
      where user_id = :reader order by timestamp_ms desc limit 50`),
    byOwner: asRest(`select * from public.live_session_sets
      where user_id = :reader order by timestamp_ms desc limit 50`),
  },
  browse("mine", `s.id = any (array(${JOINED}))`),
  browse("friends", `s.host_id = any (array(${FRIENDS})) and ${IS_SEEN}`),
  browse("public", `s.visibility = 'public' and s.status <> 'ended' and ${IS_SEEN}`),
  {
    name: "friends' presence",
    throughPolicies: asRpc("public.friends_presence()"),
    byOwner: asRpc(`select coalesce(
        jsonb_agg(private.presence_object(w, u.display_name, u.avatar_url)
          order by w.workout_started_at desc, w.id), '[]')
      from public.workout_presence w
      join public.users u on u.id = w.user_id
      where w.user_id = any (array(${SHOWN})) and w.status <> 'finished'
        and w.last_updated_at >= now() - interval '5 minutes'`),
  },
];

/** A page of sessions, newest first. */
function browse(scope: string, condition: string): Read {
  return {
    name: `browse, ${scope}`,
    throughPolicies: asRpc(`public.browse_live_sessions('${scope}')`),
    byOwner: asRpc(`select jsonb_build_object(
        'items', coalesce(
          jsonb_agg(private.session_json(q.session)
            order by (q.session).created_at desc, (q.session).id desc),
          '[]') - 20,
        'nextCursor', case when count(*) > 20 then (array_agg(
          (extract(epoch from (q.session).created_at) * 1000000)::bigint || '.' || (q.session).id
          order by (q.session).created_at desc, (q.session).id desc))[20] end,
        'serverNow', ${NOW}
      )
      from (
        select s as session from public.live_sessions s where ${condition}
        order by s.created_at desc, s.id desc limit 21
      ) q`),
  };
}

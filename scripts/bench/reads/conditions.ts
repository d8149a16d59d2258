// The policies as an application would write them that asks as the owner and keeps to the rules itself.

/** Whether the sign-in that asks is one that has not been ended. */
const IS_SIGNED_IN = `not exists (
  select from private.revoked_sign_ins r
  where r.id = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id'
)`;

/** Sessions that the reader is or was in. */
export const JOINED = `select p.session_id from public.live_session_participants p
  where p.user_id = :reader and ${IS_SIGNED_IN} and not exists (
    select from private.live_session_removals r
    where r.session_id = p.session_id and r.user_id = :reader
  )`;

/** Whether the reader is or was in the one session that is asked for. */
export const IS_IN_SESSION = `exists (
  select from public.live_session_participants p
  where p.session_id = :session and p.user_id = :reader
) and not exists (
  select from private.live_session_removals r
  where r.session_id = :session and r.user_id = :reader
) and ${IS_SIGNED_IN}`;

const BLOCKED = `select f.friend_id from public.friendships f
  where f.user_id = :reader and f.status = 'blocked'
  union all
  select f.user_id from public.friendships f
  where f.friend_id = :reader and f.status = 'blocked'`;

/** The reader's friends. */
export const FRIENDS = `(
  select f.friend_id from public.friendships f
  where f.user_id = :reader and f.status = 'friends'
  union
  select f.user_id from public.friendships f
  where f.friend_id = :reader and f.status = 'friends'
) except (${BLOCKED})`;

/** Whether a session `s` is none that the reader must not find. */
export const IS_NOT_HIDDEN = `s.id <> all (array(
  select r.session_id from private.live_session_removals r where r.user_id = :reader
  union all
  select p.session_id from public.live_session_participants p
  where p.left_at is null and p.user_id in (${BLOCKED})
))`;

/** Whether the reader sees a session `s`. */
export const IS_SEEN = `(
  s.id = any (array(${JOINED}))
  or (${IS_NOT_HIDDEN} and (
    (s.visibility = 'public' and s.status <> 'ended')
    or (s.visibility = 'friends' and s.host_id = any (array(${FRIENDS})))
    or s.id = any (array(
      select i.session_id from public.live_session_invitations i
      where i.recipient_id = :reader and i.status = 'pending' and i.expires_at > now()
        and i.host_id not in (${BLOCKED})
    ))
  ))
)`;

/** Friends who let the reader see that they train. */
export const SHOWN = `select f.id from (${FRIENDS}) f (id)
  where ${IS_SIGNED_IN}
    and not exists (select from private.presence_settings t where t.user_id = f.id and not t.visible)
    and not exists (
      select from private.presence_hidden_from h where h.hidden_from_id = :reader and h.user_id = f.id
    )`;

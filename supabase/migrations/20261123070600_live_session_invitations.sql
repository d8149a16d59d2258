-- Who is asked to join which session.

create type public.live_session_invitation_status as enum (
  'pending', 'accepted', 'declined', 'expired', 'revoked'
);
comment on type public.live_session_invitation_status is
  'pending to one of the others; an invitation that is asked for again becomes pending anew.';

create table public.live_session_invitations (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  host_id uuid not null,
  recipient_id uuid not null references public.users (id) on delete cascade,
  status public.live_session_invitation_status not null default 'pending',
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '24 hours',
  constraint live_session_invitations_recipient_key unique (session_id, recipient_id),
  constraint live_session_invitations_not_oneself check (recipient_id <> host_id),
  constraint live_session_invitations_expires_later check (expires_at > created_at)
);
comment on table public.live_session_invitations is
  'An invitation to a session: while it is pending its recipient sees the session and may join.';
comment on column public.live_session_invitations.host_id is 'The sender.';
create index live_session_invitations_recipient_idx
  on public.live_session_invitations (recipient_id, created_at desc);
comment on index public.live_session_invitations_recipient_idx is
  'Serves the recipient''s list, newest first, and the foreign key.';
create index live_session_invitations_open_idx
  on public.live_session_invitations (recipient_id, expires_at) where status = 'pending';
comment on index public.live_session_invitations_open_idx is
  'Serves the invitations somebody could still accept, which every look at sessions asks for.';
create index live_session_invitations_sender_idx
  on public.live_session_invitations (host_id, created_at desc);
comment on index public.live_session_invitations_sender_idx is 'Serves the sender''s list, newest first.';

alter table public.live_session_invitations enable row level security;
create policy live_session_invitations_select on public.live_session_invitations
for select to authenticated
using (
  (
    live_session_invitations.recipient_id = (select auth.uid())
    and not (live_session_invitations.host_id = any (array(select private.blocked_ids())))
  )
  or (
    live_session_invitations.host_id = (select auth.uid())
    and not (live_session_invitations.recipient_id = any (array(select private.blocked_ids())))
  )
);
comment on policy live_session_invitations_select on public.live_session_invitations is
  'The two whom it concerns; an invitation across a block is as if it had never been.';
revoke all on public.live_session_invitations from public, anon, authenticated;
-- Read only: inviting and answering are commands.
grant select on public.live_session_invitations to authenticated, service_role;

-- Codes to share: whoever has one may join. Only their hashes are stored.

create table private.live_session_invitation_links (
  id uuid primary key default gen_random_uuid(),
  session_id uuid not null references public.live_sessions (id) on delete cascade,
  created_by uuid not null,
  code_hash bytea not null constraint live_session_invitation_links_code_key unique,
  max_uses integer not null default 1 check (max_uses between 1 and 50),
  uses integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '24 hours',
  revoked_at timestamptz,
  constraint live_session_invitation_links_uses check (uses between 0 and max_uses),
  constraint live_session_invitation_links_expires_later check (expires_at > created_at)
);
comment on table private.live_session_invitation_links is
  'A link to join a session by. Who reads this table learns no code.';
comment on column private.live_session_invitation_links.code_hash is 'SHA-256 of the code.';
create index live_session_invitation_links_session_idx
  on private.live_session_invitation_links (session_id);
comment on index private.live_session_invitation_links_session_idx is
  'Serves the links of a session, and the foreign key.';
create index live_session_invitation_links_created_by_idx
  on private.live_session_invitation_links (created_by);
comment on index private.live_session_invitation_links_created_by_idx is
  'Serves what becomes of someone''s links when their account goes.';
revoke all on private.live_session_invitation_links from public, anon, authenticated;

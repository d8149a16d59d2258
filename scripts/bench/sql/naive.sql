-- The tables as an application has them that does everything itself: the same columns, defaults, checks and
-- indexes, row level security with a plain policy each, and no trigger.
create table public.naive_sessions (like public.live_sessions including all);
create table public.naive_participants (like public.live_session_participants including all);
create table public.naive_events (like public.live_session_events including all);
create table public.naive_sets (like public.live_session_sets including all);
create table public.naive_presence (like public.workout_presence including all);

-- It calls a function that is the owner's alone.
alter table public.naive_sessions drop constraint live_sessions_planned_exercises_check;
-- Without a number: no client could give one that is free of gaps. By time instead, as the feed is shown.
alter table public.naive_events drop column seq;
alter table public.naive_events alter column created_at set default clock_timestamp();
create index naive_events_feed_idx on public.naive_events (session_id, created_at desc);

alter table public.naive_sessions enable row level security;
alter table public.naive_participants enable row level security;
alter table public.naive_events enable row level security;
alter table public.naive_sets enable row level security;
alter table public.naive_presence enable row level security;
create policy naive_participants_own on public.naive_participants to authenticated
using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy naive_sessions_in on public.naive_sessions to authenticated
using (exists (
  select from public.naive_participants p where p.session_id = naive_sessions.id and p.user_id = (select auth.uid())
));
create policy naive_events_in on public.naive_events to authenticated
using (exists (
  select from public.naive_participants p where p.session_id = naive_events.session_id and p.user_id = (select auth.uid())
))
with check (user_id = (select auth.uid()));
create policy naive_sets_own on public.naive_sets to authenticated
using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy naive_presence_own on public.naive_presence to authenticated
using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
grant select, insert, update on public.naive_sessions, public.naive_participants, public.naive_events,
  public.naive_sets, public.naive_presence to authenticated;

insert into public.naive_sessions select * from public.live_sessions;
insert into public.naive_participants select * from public.live_session_participants;
insert into public.naive_presence select * from public.workout_presence;
analyze;

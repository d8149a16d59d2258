-- A queue of sets is stored by one statement, which causes once for all of them what each would cause by itself.
-- Only when one of them is refused are they stored one by one, to say which.

create function private.check_queued_set(p_item jsonb) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.require(jsonb_typeof(p_item) = 'object', 'A set is an object.');
  perform private.require(
    p_item - array['id', 'exerciseId', 'exerciseName', 'setType', 'weightKg', 'reps', 'timestampMs',
      'intensityScore', 'e1rmKg', 'isPR'] = '{}',
    'A set has id, exerciseId, exerciseName, setType, weightKg, reps, timestampMs and intensityScore.');
  -- Without an id of its own a retry could not be told from another set.
  perform private.require(p_item ->> 'id' is not null, 'A queued set needs an id.');
end
$$;
comment on function private.check_queued_set(jsonb) is 'Refuses what is not a queued set by its shape.';

create function private.log_queued_sets(p_session_id uuid, p_items jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_stored uuid[];
begin
  perform private.check_queued_set(i.value) from jsonb_array_elements(p_items) i;
  with stored as (
    insert into public.live_session_sets as s
      (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms,
        intensity_score)
    select (i.item ->> 'id')::uuid, p_session_id, (select auth.uid()), i.item ->> 'exerciseId',
      i.item ->> 'exerciseName', coalesce(i.item ->> 'setType', 'working')::public.live_session_set_type,
      (i.item ->> 'weightKg')::numeric, (i.item ->> 'reps')::integer, (i.item ->> 'timestampMs')::bigint,
      (i.item ->> 'intensityScore')::numeric
    from jsonb_array_elements(p_items) with ordinality i (item, number)
    order by i.number
    returning s.id
  )
  select coalesce(array_agg(t.id), '{}') into v_stored from stored t;
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', q.id,
      'outcome', case when q.occurrence = 1 and q.id = any (v_stored) then 'stored' else 'duplicate' end
    ) order by q.number), '[]')
    from (
      select (i.item ->> 'id')::uuid as id, i.number,
        row_number() over (partition by (i.item ->> 'id')::uuid order by i.number) as occurrence
      from jsonb_array_elements(p_items) with ordinality i (item, number)
    ) q
  );
end
$$;
comment on function private.log_queued_sets(uuid, jsonb) is
  'Stores queued sets of the caller in one statement: for each {id, outcome}, stored or duplicate. All of them or '
  'none: raises what the first is refused with.';

create or replace function public.log_live_sets(session_id uuid, sets jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_session_id alias for $1;
  v_item jsonb;
  v_code text;
  v_detail text;
  v_hint text;
  v_verdicts jsonb;
begin
  perform private.caller();
  perform private.require(jsonb_typeof(sets) = 'array' and jsonb_array_length(sets) <= 200,
    'sets is a list of at most 200.');
  begin
    return jsonb_build_object('results', private.log_queued_sets(v_session_id, sets),
      'serverNow', private.epoch_ms(clock_timestamp()));
  exception
    -- What the rules refuse, and values that are no numbers, dates or ids. Anything else is a fault and
    -- ends the call.
    when sqlstate 'PT400' or sqlstate 'PT401' or sqlstate 'PT403' or sqlstate 'PT404'
      or sqlstate 'PT409' or sqlstate 'PT429' or data_exception or integrity_constraint_violation
      or insufficient_privilege
    then
      v_verdicts := '[]';
  end;
  for v_item in select i.value from jsonb_array_elements(sets) i loop
    -- Each for itself: one bad set must not lose the others.
    begin
      v_verdicts := v_verdicts || private.log_queued_sets(v_session_id, jsonb_build_array(v_item));
    exception
      when sqlstate 'PT400' or sqlstate 'PT401' or sqlstate 'PT403' or sqlstate 'PT404'
        or sqlstate 'PT409' or sqlstate 'PT429' or data_exception or integrity_constraint_violation
        or insufficient_privilege
      then
        get stacked diagnostics v_code = message_text, v_detail = pg_exception_detail,
          v_hint = pg_exception_hint;
        if sqlstate = '42501' then
          -- The person came or went in this very moment.
          v_code := 'permission_denied';
          v_detail := 'This set could not be logged at this moment.';
          v_hint := '';
        elsif sqlstate not like 'PT%' then
          v_code := 'invalid_request';
          v_detail := 'A value of this set is of the wrong kind.';
          v_hint := '';
        end if;
        v_verdicts := v_verdicts || (
          jsonb_build_object('id', v_item -> 'id', 'outcome', v_code, 'detail', v_detail)
            || coalesce(nullif(v_hint, '')::jsonb, '{}'));
    end;
  end loop;
  return jsonb_build_object('results', v_verdicts, 'serverNow', private.epoch_ms(clock_timestamp()));
end
$$;

create or replace function private.after_sets_insert() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_set public.live_session_sets;
  v_number integer := 0;
  v_called text;
begin
  for v_set in select n.* from new_sets n limit 2 loop
    v_number := v_number + 1;
  end loop;
  if v_number = 0 then
    return null;
  end if;
  if v_number = 1 then
    v_called := private.count_sets(v_set.session_id, v_set.user_id, 1, v_set.weight_kg * v_set.reps,
      v_set.is_pr::integer);
    v_called := private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
    if not private.extend_bests(v_set) then
      perform private.refresh_records(v_set.session_id, v_set.user_id, v_set.exercise_id, v_set.timestamp_ms);
    end if;
    v_called := private.follow_set(v_set);
    return null;
  end if;
  perform private.count_sets(d.session_id, d.user_id, d.sets, d.volume_kg, d.records)
  from (
    select n.session_id, n.user_id, count(*) as sets, sum(n.weight_kg * n.reps) as volume_kg,
      count(*) filter (where n.is_pr) as records
    from new_sets n
    group by n.session_id, n.user_id
  ) d;
  -- In the order in which they were inserted, which each row's clock has kept.
  for v_set in select n.* from new_sets n order by n.created_at, n.id loop
    v_called := private.append_event(v_set.session_id, v_set.user_id, 'set_completed',
      private.set_event_data(v_set));
  end loop;
  perform private.refresh_records(d.session_id, d.user_id, d.exercise_id, d.from_ms)
  from (
    select n.session_id, n.user_id, n.exercise_id, min(n.timestamp_ms) as from_ms
    from new_sets n
    group by n.session_id, n.user_id, n.exercise_id
  ) d;
  for v_set in
    select distinct on (n.user_id) n.* from new_sets n
    order by n.user_id, n.timestamp_ms desc, n.created_at desc, n.id desc
  loop
    v_called := private.follow_set(v_set);
  end loop;
  return null;
end
$$;

create or replace function private.refresh_records(
  p_session_id uuid, p_user_id uuid, p_exercise_id text, p_from_ms bigint
) returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.derive_session_best(p_session_id, p_user_id, p_exercise_id);
  -- All flags in one pass, each judged once; the trigger judges those that differ once more. Touching only them
  -- ends the recursion.
  with judged as materialized (
    select t.id, t.set_type = 'working' and coalesce(t.e1rm_kg > greatest(
      max(t.e1rm_kg) filter (where t.set_type = 'working') over (
        order by t.timestamp_ms, t.id rows between unbounded preceding and 1 preceding),
      private.best_before(t)
    ), false) as is_record
    from public.live_session_sets t
    where t.session_id = p_session_id and t.user_id = p_user_id and t.exercise_id = p_exercise_id
  )
  update public.live_session_sets s set is_pr = j.is_record
  from judged j
  where s.id = j.id and s.timestamp_ms >= p_from_ms and s.is_pr is distinct from j.is_record;
end
$$;

revoke all on function private.check_queued_set(jsonb), private.log_queued_sets(uuid, jsonb)
from public, anon, authenticated;
grant execute on function private.check_queued_set(jsonb), private.log_queued_sets(uuid, jsonb) to authenticated;

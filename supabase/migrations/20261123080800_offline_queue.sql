-- A phone comes back from the basement: everything it has queued, in one call.

create function public.log_live_sets(session_id uuid, sets jsonb) returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_session_id alias for $1;
  v_item jsonb;
  v_id uuid;
  v_stored integer;
  v_code text;
  v_detail text;
  v_hint text;
  v_verdicts jsonb := '[]';
begin
  perform private.caller();
  perform private.require(jsonb_typeof(sets) = 'array' and jsonb_array_length(sets) <= 200,
    'sets is a list of at most 200.');
  for v_item in select value from jsonb_array_elements(sets) loop
    -- Each for itself: one bad set must not lose the others.
    begin
      v_id := null;
      perform private.require(jsonb_typeof(v_item) = 'object', 'A set is an object.');
      perform private.require(
        v_item - array['id', 'exerciseId', 'exerciseName', 'setType', 'weightKg', 'reps', 'timestampMs',
          'intensityScore', 'e1rmKg', 'isPR'] = '{}',
        'A set has id, exerciseId, exerciseName, setType, weightKg, reps, timestampMs and intensityScore.');
      -- Without an id of its own a retry could not be told from another set.
      perform private.require(v_item ->> 'id' is not null, 'A queued set needs an id.');
      v_id := (v_item ->> 'id')::uuid;
      insert into public.live_session_sets as s
        (id, session_id, user_id, exercise_id, exercise_name, set_type, weight_kg, reps, timestamp_ms,
          intensity_score)
      values (
        v_id, v_session_id, (select auth.uid()), v_item ->> 'exerciseId', v_item ->> 'exerciseName',
        coalesce(v_item ->> 'setType', 'working')::public.live_session_set_type,
        (v_item ->> 'weightKg')::numeric, (v_item ->> 'reps')::integer,
        (v_item ->> 'timestampMs')::bigint, (v_item ->> 'intensityScore')::numeric
      );
      get diagnostics v_stored = row_count;
      v_verdicts := v_verdicts || jsonb_build_object(
        'id', v_id, 'outcome', case v_stored when 1 then 'stored' else 'duplicate' end);
    exception
      -- What the rules refuse, and values that are no numbers, dates or ids. Anything else is a fault and
      -- ends the call.
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
comment on function public.log_live_sets(uuid, jsonb) is
  'Logs a queue of sets [{id, exerciseId, exerciseName, setType?, weightKg, reps, timestampMs, '
  'intensityScore?}], each for itself: {results: [{id, outcome, detail?}], serverNow}, outcome stored, '
  'duplicate or the code of the refusal. Repeating the call changes nothing.';

revoke all on function public.log_live_sets(uuid, jsonb) from public, anon, authenticated;
grant execute on function public.log_live_sets(uuid, jsonb) to authenticated;

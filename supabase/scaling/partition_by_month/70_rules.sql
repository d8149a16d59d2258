-- The rules that speak of one heap.

create trigger live_session_sets_20_key before insert on public.live_session_sets
  for each row execute function private.keep_set_id();
create trigger live_session_sets_60_key after delete on public.live_session_sets
  for each row execute function private.forget_set_id();

-- The few functions that look for a set by its id alone, or deal with what is old.

create function pg_temp.amend(p_function regprocedure, p_was text, p_is text) returns void
language plpgsql
set search_path = ''
as $$
declare
  v_definition text := pg_get_functiondef(p_function);
begin
  if (length(v_definition) - length(replace(v_definition, p_was, ''))) <> length(p_was) then
    raise exception '% is not as this file knows it: it does not say "%", once.', p_function, p_was;
  end if;
  execute replace(v_definition, p_was, p_is);
end
$$;

do $do$
begin
  perform pg_temp.amend('private.set_owner(uuid)',
    'from public.live_session_sets s where s.id = p_set_id',
    'from private.live_session_set_ids s where s.id = p_set_id');
  perform pg_temp.amend('private.before_quick_reaction()',
    'from public.live_session_sets s where s.id = new.set_id and s.user_id = new.to_user_id',
    'from private.live_session_set_ids s where s.id = new.set_id and s.user_id = new.to_user_id');
  perform pg_temp.amend('private.refresh_records(uuid, uuid, text, bigint)',
    's.timestamp_ms >= p_from_ms',
    's.session_id = p_session_id and s.timestamp_ms >= p_from_ms');
  perform pg_temp.amend('private.drop_old_history(timestamptz)',
    'delete from public.live_session_events e where e.session_id = v_session_id;',
    $new$if private.is_time_ordered(v_session_id) then
      -- They go with their month. What people wrote goes now.
      update public.live_session_events e
      set event_data = jsonb_set(e.event_data, '{data,message}', '"[deleted]"')
      where e.session_id = v_session_id and e.type = 'message';
    else
      delete from public.live_session_events e where e.session_id = v_session_id;
    end if;$new$);
  perform pg_temp.amend('private.run_janitor(timestamptz)', 'return v_done;',
    $new$perform private.keep_months(at);
  return v_done;$new$);
end
$do$;
comment on function private.drop_old_history(timestamptz) is
  'Drops messages and reactions of sessions that ended more than ninety days ago, and what was written from their '
  'events; those go with their month. Sets and summary stay.';

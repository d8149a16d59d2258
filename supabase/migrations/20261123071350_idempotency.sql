-- A request that creates something may carry an Idempotency-Key: a retry gets the answer of the first.

create extension if not exists pgcrypto with schema extensions;

create table private.idempotency_keys (
  user_id uuid not null references public.users (id) on delete cascade,
  key_hash bytea not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, key_hash)
);
comment on table private.idempotency_keys is
  'What was answered to a request with an Idempotency-Key, for a day. Written in the transaction of the '
  'request itself: an answer is there exactly if what it speaks of is.';
comment on column private.idempotency_keys.answer is
  'The answer; where it holds a secret, a string encrypted with the key, of which only the hash is here.';
create index idempotency_keys_created_at_idx on private.idempotency_keys (created_at);
comment on index private.idempotency_keys_created_at_idx is 'Serves clearing what is older than a day.';
revoke all on private.idempotency_keys from public, anon, authenticated;

create function private.idempotency_key() returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_key text := nullif(current_setting('request.headers', true), '')::json ->> 'idempotency-key';
begin
  perform private.require(v_key is null or char_length(v_key) between 1 and 255,
    'Idempotency-Key has 1 to 255 characters.');
  return v_key;
end
$$;
comment on function private.idempotency_key() is 'The Idempotency-Key of the present request, if any.';

create function private.recall_answer(p_operation text, p_request jsonb) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_caller uuid := private.caller();
  v_key text := private.idempotency_key();
  v_key_hash bytea := sha256(convert_to(v_key, 'UTF8'));
  v_hash bytea := sha256(convert_to(p_operation || p_request::text, 'UTF8'));
  v_stored private.idempotency_keys;
begin
  if v_key is null then
    return null;
  end if;
  if not exists (select from public.users u where u.id = v_caller) then
    perform private.refuse('unauthenticated', 'This account no longer exists.');
  end if;
  delete from private.idempotency_keys k
  where k.user_id = v_caller and k.key_hash = v_key_hash and k.created_at < clock_timestamp() - interval '24 hours';
  -- A twin of this request that is under way makes this one wait here for its outcome.
  insert into private.idempotency_keys (user_id, key_hash, request_hash)
  values (v_caller, v_key_hash, v_hash)
  on conflict (user_id, key_hash) do nothing;
  if found then
    return null;
  end if;
  select k.* into v_stored from private.idempotency_keys k where k.user_id = v_caller and k.key_hash = v_key_hash;
  perform private.require(v_stored.request_hash = v_hash,
    'This Idempotency-Key was used for another request.');
  if jsonb_typeof(v_stored.answer) = 'string' then
    return extensions.pgp_sym_decrypt(decode(v_stored.answer #>> '{}', 'base64'), v_key)::jsonb;
  end if;
  return v_stored.answer;
end
$$;
comment on function private.recall_answer(text, jsonb) is
  'The stored answer, if the caller made this very request with this key before; otherwise NULL, and the '
  'key is taken. The same key for another request is refused. Definer: keys are not the client''s to write.';

create function private.keep_answer(p_answer jsonb, p_is_secret boolean default false) returns jsonb
language plpgsql security definer
set search_path = ''
as $$
declare
  v_key text := private.idempotency_key();
begin
  if v_key is not null then
    update private.idempotency_keys k
    set answer = case
      when p_is_secret then to_jsonb(encode(extensions.pgp_sym_encrypt(p_answer::text, v_key), 'base64'))
      else p_answer
    end
    where k.user_id = (select auth.uid()) and k.key_hash = sha256(convert_to(v_key, 'UTF8'));
  end if;
  return p_answer;
end
$$;
comment on function private.keep_answer(jsonb, boolean) is
  'Stores an answer under the key of the present request, if it has one, and returns it; one that holds a '
  'secret only so that the key opens it. Definer: keys are not the client''s to write.';

revoke all on function
  private.idempotency_key(), private.recall_answer(text, jsonb), private.keep_answer(jsonb, boolean)
from public;
grant execute on function
  private.idempotency_key(), private.recall_answer(text, jsonb), private.keep_answer(jsonb, boolean)
to authenticated;

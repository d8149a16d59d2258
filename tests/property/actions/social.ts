import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { areBlocked, areFriends, isInsider, requirePresence } from "../seeing.ts";
import { depart, showPresence } from "../stays.ts";
import { append, currentSession, type PersonIndex, Refusal, refuse, type World } from "../world.ts";
import { type Action, exercise, EXERCISES, member, person, place, sessionAt } from "./action.ts";

/** A command that is one statement; the model decides what comes of it. */
function statement(
  words: string,
  who: PersonIndex,
  needsSession: boolean,
  text: string,
  values: (world: World) => unknown[],
  model: (world: World) => void,
): Action {
  return {
    words: `${who}: ${words}`,
    needsSession,
    real: async (crowd, world) => {
      await member(crowd, who).run(text, values(world) as never[]);
    },
    model,
  };
}

export const write = fc.tuple(person, place).map(([who, where]) =>
  statement(
    `write in session ${where ?? "own"}`,
    who,
    true,
    "insert into public.live_session_messages (id, session_id, message) values ($1, $2, 'Come on!')",
    (world) => [randomUUID(), sessionAt(world, who, where).id],
    (world) => {
      const session = sessionAt(world, who, where);
      requirePresence(world, session, who);
      append(session, "message", who);
    },
  )
);

export const react = fc.tuple(person, place, person).map(([who, where, to]) =>
  statement(
    `react to ${to} in session ${where ?? "own"}`,
    who,
    true,
    `insert into public.live_session_reactions (id, session_id, to_user_id, emote)
     values ($1, $2, $3, 'fire')`,
    (world) => [randomUUID(), sessionAt(world, who, where).id, world.people[to]],
    (world) => {
      const session = sessionAt(world, who, where);
      requirePresence(world, session, who);
      if (who === to) refuse("invalid_request");
      if (areBlocked(world, who, to) || !session.participants.has(to)) refuse("user_not_found");
      append(session, "reaction", who);
    },
  )
);

export const cheer = fc.tuple(person, person).map(([who, to]) =>
  statement(
    `cheer ${to} on`,
    who,
    false,
    "insert into public.quick_reactions (id, to_user_id, emote) values ($1, $2, 'clap')",
    (world) => [randomUUID(), world.people[to]],
    (world) => {
      if (who === to) refuse("invalid_request");
      if (!areFriends(world, who, to)) refuse("user_not_found");
    },
  )
);

const status = fc.constantFrom("idle" as const, "resting" as const, "working_out" as const);

export const report = fc.tuple(person, place, status, fc.constantFrom(null, ...EXERCISES)).map((
  [who, where, status, exercise],
) =>
  statement(
    `report ${status} ${exercise} in session ${where ?? "own"}`,
    who,
    true,
    `update public.live_session_participants
     set status = $2::text::public.live_session_participant_status, current_exercise_id = $3
     where session_id = $1 and user_id = auth.uid()`,
    (world) => [sessionAt(world, who, where).id, status, exercise],
    (world) => {
      const session = sessionAt(world, who, where);
      if (!isInsider(session, who)) return;
      const participant = session.participants.get(who)!;
      const changes = participant.status !== status || participant.exercise !== exercise;
      if (changes) requirePresence(world, session, who);
      // Nothing to report, and nobody there to report it: only the policy still says no.
      if (!participant.present) throw new Refusal("SQLSTATE 42501");
      if (changes) append(session, "status_update", who);
      participant.status = status;
      participant.exercise = exercise;
      showPresence(world, session, who);
    },
  )
);

export const beat = fc.tuple(person, status, exercise).map(([who, status, exercise]) =>
  statement(
    `heartbeat ${status} ${exercise}`,
    who,
    false,
    "select heartbeat_presence($1::text::public.live_session_participant_status, $2, 'Beaten')",
    () => [status, exercise],
    (world) => {
      const before = world.presence.get(who);
      world.presence.set(who, {
        inSession: before?.inSession ?? false,
        session: before?.session ?? null,
        lastSetAt: before?.lastSetAt ?? null,
        exercise,
        exerciseName: "Beaten",
        status,
      });
    },
  )
);

const pair = fc.tuple(person, person).filter(([one, other]) => one !== other);

export const block = pair.map(([who, whom]) =>
  statement(
    `block ${whom}`,
    who,
    false,
    `insert into public.friendships (user_id, friend_id, status)
     values (auth.uid(), $1, 'blocked')
     on conflict (user_id, friend_id) do update set status = 'blocked'`,
    (world) => [world.people[whom]],
    (world) => {
      const key = `${who}>${whom}`;
      if (world.friendships.get(key) === "blocked") return;
      world.friendships.set(key, "blocked");
      partInSession(world, who, whom);
    },
  )
);

/** A host sends whom they block away; a guest, who may send nobody away, goes. */
function partInSession(world: World, who: PersonIndex, whom: PersonIndex): void {
  const session = currentSession(world, who);
  const blocked = session?.participants.get(whom);
  if (!session || !blocked) return;
  if (blocked.present && session.host !== who) return depart(world, session, who);
  session.removed.add(whom);
  if (blocked.present) depart(world, session, whom);
}

/** Ends a friendship or lifts one's own block; another's block stays. */
export const part = pair.map(([who, whom]) =>
  statement(
    `part with ${whom}`,
    who,
    false,
    `delete from public.friendships
     where (user_id, friend_id) in ((auth.uid(), $1::uuid), ($1::uuid, auth.uid()))`,
    (world) => [world.people[whom]],
    (world) => {
      world.friendships.delete(`${who}>${whom}`);
      if (world.friendships.get(`${whom}>${who}`) !== "blocked") {
        world.friendships.delete(`${whom}>${who}`);
      }
    },
  )
);

export const ask = pair.map(([who, whom]) =>
  statement(
    `ask ${whom}`,
    who,
    false,
    `insert into public.friendships (user_id, friend_id, status)
     values (auth.uid(), $1, 'requested') on conflict (user_id, friend_id) do nothing`,
    (world) => [world.people[whom]],
    (world) => {
      const key = `${who}>${whom}`;
      if (!world.friendships.has(key)) world.friendships.set(key, "requested");
    },
  )
);

export const befriend = pair.map(([who, whom]) =>
  statement(
    `accept ${whom}`,
    who,
    false,
    `update public.friendships set status = 'friends'
     where user_id = $1 and friend_id = auth.uid()`,
    (world) => [world.people[whom]],
    (world) => {
      const key = `${whom}>${who}`;
      if (world.friendships.get(key) === "requested") world.friendships.set(key, "friends");
    },
  )
);

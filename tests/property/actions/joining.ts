import fc from "fast-check";
import { areBlocked, areFriends, isHiddenByBlock, isInsider, requireSeen } from "../seeing.ts";
import { depart, enter, presentCount } from "../stays.ts";
import {
  append,
  currentSession,
  type ModelSession,
  type PersonIndex,
  refuse,
  type World,
} from "../world.ts";
import { type Action, call, host, member, person, type Place, place, sessionAt } from "./action.ts";

/** Lets in whoever may know of the session: rules 1, 2 and 5. */
function admit(world: World, session: ModelSession, who: PersonIndex): void {
  if (session.participants.get(who)?.present) return;
  const isOpen = session.status !== "ended";
  if (isOpen && (session.removed.has(who) || isHiddenByBlock(world, session, who))) {
    refuse("session_not_found");
  }
  if (!isOpen) refuse("session_ended");
  if (currentSession(world, who)) refuse("already_in_session");
  if (presentCount(session) >= session.places) refuse("session_full");
  enter(world, session, who, false);
  const invitation = session.invitations.get(who);
  if (invitation?.status === "pending") invitation.status = "accepted";
  append(session, "user_joined", who);
}

/** Somebody joins, or comes back. */
export const joinBy = (who: PersonIndex, where: Place): Action =>
  call("join_live_session", who, where, [], (world, session) => {
    requireSeen(world, session, who);
    admit(world, session, who);
  });

export const join = fc.tuple(person, fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(5)))
  .map(([who, where]) => joinBy(who, where));

export const leave = fc.tuple(person, place).map(([who, where]) =>
  call("leave_live_session", who, where, [], (world, session) => {
    requireSeen(world, session, who);
    if (!isInsider(session, who)) refuse("not_participant");
    if (session.participants.get(who)!.present) depart(world, session, who);
  })
);

export const invite = fc.tuple(host, place, person).map(([whoever, where, whom]): Action => {
  const list = Object.assign(
    (_: ModelSession, world: World) => [world.people[whom]],
    { words: `[${whom}]` },
  );
  const command = call("invite_to_live_session", whoever, where, [list], (world, session, who) => {
    requireSeen(world, session, who);
    if (session.host !== who) refuse("not_host");
    if (session.status === "ended") refuse("session_ended");
    if (session.participants.get(whom)?.present) return "already_in_session";
    if (!areFriends(world, who, whom) || session.removed.has(whom)) return "not_invitable";
    const before = session.invitations.get(whom);
    if (before?.status === "pending") return "already_invited";
    session.invitations.set(whom, { sender: who, status: "pending" });
    return "invited";
  });
  return {
    ...command,
    real: async (crowd, world) => {
      const answer = await command.real(crowd, world) as { results: { outcome: string }[] };
      return answer.results[0]!.outcome;
    },
  };
});

type Answering = "accept" | "decline" | "revoke";
const NOTHING = "00000000-0000-4000-8000-000000000000";

/** Answers the invitation of somebody to a session: the wrong person may try as well. */
function answerInvitation(
  verb: Answering,
  who: PersonIndex,
  where: Place,
  recipient: PersonIndex,
): Action {
  return {
    words: `${who}: ${verb} the invitation of ${recipient} to session ${where ?? "own"}`,
    needsSession: true,
    real: async (crowd, world) => {
      const session = sessionAt(world, who, where);
      const [found] = await crowd.owner`select id from public.live_session_invitations
        where session_id = ${session.id} and recipient_id = ${world.people[recipient]!}`;
      await member(crowd, who).run(`select ${verb}_live_session_invitation($1)`, [
        found?.id ?? NOTHING,
      ]);
    },
    model: (world) => {
      const session = sessionAt(world, who, where);
      const invitation = session.invitations.get(recipient);
      if (
        !invitation || ![invitation.sender, recipient].includes(who) ||
        areBlocked(world, invitation.sender, recipient) ||
        who !== (verb === "revoke" ? invitation.sender : recipient)
      ) refuse("invitation_not_found");
      if (verb === "revoke") {
        if (invitation.status === "accepted") refuse("already_in_session");
        if (invitation.status === "pending") invitation.status = "revoked";
        return;
      }
      if (invitation.status === "revoked") refuse("invitation_not_found");
      if (verb === "decline") {
        if (invitation.status === "expired") refuse("invitation_expired");
        if (invitation.status === "accepted") refuse("already_in_session");
        invitation.status = "declined";
        return;
      }
      if (invitation.status === "declined" || session.removed.has(who)) {
        refuse("invitation_not_found");
      }
      if (session.status === "ended") refuse("session_ended");
      admit(world, session, who);
      invitation.status = "accepted";
    },
  };
}

export const respond = fc.tuple(
  fc.constantFrom<Answering>("accept", "accept", "decline", "revoke"),
  fc.boolean(),
  person,
  fc.nat({ max: 2 }),
  person,
).map(([verb, isOwn, who, where, other]) =>
  answerInvitation(verb, who, where, isOwn && verb !== "revoke" ? who : other)
);

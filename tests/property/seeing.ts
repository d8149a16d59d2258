import { type ModelSession, type PersonIndex, presentIn, refuse, type World } from "./world.ts";

function row(world: World, from: PersonIndex, to: PersonIndex) {
  return world.friendships.get(`${from}>${to}`);
}

/** Whether either blocks the other. */
export function areBlocked(world: World, one: PersonIndex, other: PersonIndex): boolean {
  return row(world, one, other) === "blocked" || row(world, other, one) === "blocked";
}

/** A row in either direction says so, and none says blocked. */
export function areFriends(world: World, one: PersonIndex, other: PersonIndex): boolean {
  return !areBlocked(world, one, other) &&
    (row(world, one, other) === "friends" || row(world, other, one) === "friends");
}

/** Whether the person was in it and was not sent away. */
export function isInsider(session: ModelSession, person: PersonIndex): boolean {
  return session.participants.has(person) && !session.removed.has(person);
}

/** Whether someone in it now blocks the person, or the other way round. */
export function isHiddenByBlock(
  world: World,
  session: ModelSession,
  person: PersonIndex,
): boolean {
  return presentIn(session).some((one) => areBlocked(world, one.person, person));
}

/** Rules 5 and 6. */
export function sees(world: World, session: ModelSession, person: PersonIndex): boolean {
  if (session.removed.has(person)) return false;
  if (session.participants.has(person)) return true;
  if (isHiddenByBlock(world, session, person)) return false;
  if (session.visibility === "public" && session.status !== "ended") return true;
  if (session.visibility === "friends" && areFriends(world, session.host, person)) return true;
  const invitation = session.invitations.get(person);
  return invitation?.status === "pending" && !areBlocked(world, invitation.sender, person);
}

/** Refuses with session_not_found who does not see the session. */
export function requireSeen(world: World, session: ModelSession, person: PersonIndex): void {
  if (!sees(world, session, person)) refuse("session_not_found");
}

/** Refuses who is not in the session now, and says why. */
export function requirePresence(world: World, session: ModelSession, person: PersonIndex): void {
  requireSeen(world, session, person);
  if (session.participants.get(person)?.present) return;
  if (!session.participants.has(person)) refuse("not_participant");
  refuse(session.status === "ended" ? "session_ended" : "not_participant");
}

import {
  append,
  currentSession,
  type ModelPresence,
  type ModelSession,
  type PersonIndex,
  presentIn,
  refuse,
  type World,
} from "./world.ts";

/** Which session a person's presence names: the host's own, unless it is private. */
function named(session: ModelSession, person: PersonIndex): string | null {
  return session.visibility !== "private" && session.host === person ? session.id : null;
}

/** Presence after somebody joined or reported a status. */
export function showPresence(world: World, session: ModelSession, person: PersonIndex): void {
  const participant = session.participants.get(person)!;
  const before = world.presence.get(person);
  const keepsName = before && before.exercise === participant.exercise;
  const after: ModelPresence = {
    inSession: true,
    session: named(session, person),
    exercise: participant.exercise,
    exerciseName: keepsName ? before.exerciseName : null,
    status: participant.status,
    lastSetAt: before?.lastSetAt ?? null,
  };
  world.presence.set(person, after);
}

function leavePresence(world: World, person: PersonIndex): void {
  Object.assign(world.presence.get(person)!, {
    inSession: false,
    session: null,
    exercise: null,
    exerciseName: null,
    status: "finished",
  });
}

/** Makes a person a participant, or lets one who left back in. */
export function enter(
  world: World,
  session: ModelSession,
  person: PersonIndex,
  isLeader: boolean,
): void {
  if (currentSession(world, person)) refuse("already_in_session");
  const before = session.participants.get(person);
  session.participants.set(person, {
    person,
    present: true,
    status: "idle",
    exercise: before?.exercise ?? null,
    isLeader: before?.isLeader ?? isLeader,
    isReady: false,
    joined: ++world.clock,
  });
  showPresence(world, session, person);
}

/** Ends a session: one event, everyone's stay closed, what was pending expired. */
export function end(world: World, session: ModelSession, person: PersonIndex): void {
  append(session, "session_ended", person);
  session.status = "ended";
  session.paused = false;
  session.resting = false;
  session.readyCheck = null;
  for (const participant of presentIn(session)) {
    participant.present = false;
    leavePresence(world, participant.person);
  }
  for (const invitation of session.invitations.values()) {
    if (invitation.status === "pending") invitation.status = "expired";
  }
}

/** Presence after a session got another host, or another visibility. */
export function namePresence(world: World, session: ModelSession): void {
  for (const { person } of presentIn(session)) {
    world.presence.get(person)!.session = named(session, person);
  }
}

/** Passes the host's role on. */
export function giveHost(
  world: World,
  session: ModelSession,
  from: PersonIndex,
  to: PersonIndex,
): void {
  session.host = to;
  namePresence(world, session);
  append(session, "host_changed", from);
}

/** Passes the lead on. */
export function giveLead(session: ModelSession, from: PersonIndex, to: PersonIndex): void {
  for (const participant of session.participants.values()) {
    participant.isLeader = participant.person === to;
  }
  append(session, "leader_changed", from);
}

/** Who is ready and who is waited for, of those who were there at a moment. */
export function readyLists(session: ModelSession, joinedBy = Infinity) {
  const asked = presentIn(session).filter((one) => one.joined <= joinedBy);
  const isReady = (one: (typeof asked)[number]) => one.isReady || one.isLeader;
  return {
    ready: asked.filter(isReady).map((one) => one.person),
    waitingFor: asked.filter((one) => !isReady(one)).map((one) => one.person),
  };
}

/** Ends a ready check whose policy is met. */
export function settleReadyCheck(session: ModelSession): void {
  const check = session.readyCheck;
  if (!check) return;
  const { ready, waitingFor } = readyLists(session, check.started);
  const isMet = check.policy === "all" ? waitingFor.length === 0 : check.policy === "quorum" &&
    ready.length >= Math.min(check.quorum, ready.length + waitingFor.length);
  if (!isMet) return;
  const leader = [...session.participants.values()].find((one) => one.isLeader)!;
  session.readyCheck = null;
  append(session, "ready_check", leader.person);
}

/** Closes one person's stay; rule 4 says who follows. */
export function depart(world: World, session: ModelSession, person: PersonIndex): void {
  const departing = session.participants.get(person)!;
  departing.present = false;
  departing.status = "finished";
  departing.isReady = false;
  leavePresence(world, person);
  append(session, "user_left", person);
  if (session.status === "active") settleReadyCheck(session);
  const others = presentIn(session);
  const heir = others.find((one) => one.person === session.host) ?? others[0];
  if (!heir) return end(world, session, person);
  if (session.host === person) giveHost(world, session, person, heir.person);
  if (departing.isLeader) giveLead(session, person, heir.person);
}

/** How many are in a session now. */
export function presentCount(session: ModelSession): number {
  return presentIn(session).length;
}

import type { ErrorCode } from "../../supabase/functions/_shared/errors.ts";
import { type Answer, call } from "../helpers/api.ts";
import { act, PLAN } from "../helpers/guided.ts";
import { createLink, inviteTo } from "../helpers/invitations.ts";
import { befriend, block, createPeople, type Person } from "../helpers/people.ts";
import {
  joinSession,
  leaveSession,
  openSession,
  removeFromSession,
  startSession,
} from "../helpers/sessions.ts";
import { signToken } from "../helpers/tokens.ts";
import type { Ids, Route } from "./routes.ts";

/** A session that the host's friends may find, and every kind of person there is to it. */
export interface Cast {
  ids: Ids;
  /** The session's version. */
  version: number;
  participant: Person;
  /** Each kind of person by name; null is somebody who is not signed in. */
  by: Record<string, Pick<Person, "token"> | null>;
}

/**
 * Brings people and a session together; a guided one is under way, in the middle of its plan and
 * of a rest, so that every action is possible.
 */
export async function assemble(mode: "shared" | "guided"): Promise<Cast> {
  const people = await createPeople(
    "Host",
    "Participant",
    "Left",
    "Removed",
    "Friend",
    "Invited",
    "Blocked",
    "Blocking",
    "Blocked inside",
    "Stranger",
  );
  const [host, participant, left, removed, friend, invited, blocked, blocking, inside, stranger] =
    people;
  await befriend(host, participant, left, removed, friend, invited, blocked, blocking, inside);
  const settings = { mode, visibility: "friends", plannedExercises: PLAN } as const;
  const { id } = await openSession(host, settings);
  await joinSession(id, participant, left, removed);
  await leaveSession(id, left);
  await removeFromSession(id, host, removed);
  const invitation = await inviteTo(id, host, invited);
  const link = await createLink(id, host);
  await block(host, blocked);
  await block(blocking, host);
  await block(participant, inside);
  const account = { id: crypto.randomUUID(), email: "nobody@example.com" };
  return {
    ids: { session: id, person: participant.id, invitation: invitation.id, link: link.id },
    version: mode === "guided" ? await getGoing(id, host) : 0,
    participant,
    by: {
      "somebody not signed in": null,
      "somebody without an account": { token: await signToken(account) },
      "a stranger": stranger,
      "a friend whom the host blocks": blocked,
      "a friend who blocks the host": blocking,
      "a friend whom a participant blocks": inside,
      "somebody who was removed": removed,
      "a friend of the host": friend,
      "somebody who is invited": invited,
      "somebody who left": left,
      "a participant": participant,
      "the host": host,
    },
  };
}

async function getGoing(id: string, leader: Person): Promise<number> {
  let { version } = await startSession(id, leader);
  for (const _ of ["squat", "lunge"]) {
    ({ version } = await act(id, leader, "next", { expectedVersion: version }));
  }
  return (await act(id, leader, "rest", { seconds: 600 })).version;
}

/** A status, or the code of a refusal, for each kind of person. */
export type Expected = Record<string, ErrorCode | number>;

/** Whom the session is hidden from. */
export const HIDDEN: Expected = {
  "somebody not signed in": "unauthenticated",
  "somebody without an account": "session_not_found",
  "a stranger": "session_not_found",
  "a friend whom the host blocks": "session_not_found",
  "a friend who blocks the host": "session_not_found",
  "a friend whom a participant blocks": "session_not_found",
  "somebody who was removed": "session_not_found",
};

/** Who gets what from the host's routes. */
export const FOR_HOST: Expected = {
  ...HIDDEN,
  "a friend of the host": "not_host",
  "somebody who is invited": "not_host",
  "somebody who left": "not_host",
  "a participant": "not_host",
  "the host": 200,
};

/** Who gets what from the routes for people who are or were in it. */
export const FOR_INSIDERS: Expected = {
  ...HIDDEN,
  "a friend of the host": "not_participant",
  "somebody who is invited": "not_participant",
  "somebody who left": 200,
  "a participant": 200,
  "the host": 200,
};

/** Who gets what from the routes for everybody who sees the session. */
export const FOR_WHO_SEES_IT: Expected = {
  ...FOR_INSIDERS,
  "a friend of the host": 200,
  "somebody who is invited": 200,
};

/** Who gets what from the routes for people who are in it. */
export const FOR_THOSE_PRESENT: Expected = {
  ...FOR_INSIDERS,
  "somebody who left": "not_participant",
};

/** Who gets what from the leader's routes; the leader is the host. */
export const FOR_LEADER: Expected = { ...FOR_THOSE_PRESENT, "a participant": "not_leader" };

/** Calls a route about the cast's session as one of its people, or about other things. */
export function send(
  route: Route,
  cast: Cast,
  person: Pick<Person, "token"> | null,
  ids: Partial<Ids> = {},
): Promise<Answer> {
  const about = { ...cast.ids, ...ids };
  return call(route.method, route.path(about), person, route.body?.(about, cast.version));
}

/** Everything of an answer that could tell two of them apart, but for what always differs. */
export function withoutRequestId(answer: Answer) {
  const requestId = answer.headers.get("x-request-id") ?? "";
  return {
    status: answer.status,
    headers: [...answer.headers].filter(([name]) => !["x-request-id", "date"].includes(name)),
    body: JSON.stringify(answer.body).replaceAll(requestId, ""),
  };
}

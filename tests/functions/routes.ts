import type { Method } from "../helpers/api.ts";

/** What a route can be about. */
export interface Ids {
  session: string;
  /** Somebody whom the route names. */
  person: string;
  invitation: string;
  link: string;
}

/** A route, with a request that it accepts as it stands. */
export interface Route {
  name: string;
  method: Method;
  path: (ids: Ids) => string;
  /** A body it accepts, if it takes one; `version` is that of the session. */
  body?: (ids: Ids, version: number) => Record<string, unknown>;
}

/** Every route about one session. */
export const SESSION_ROUTES: readonly Route[] = [
  { name: "snapshot", method: "GET", path: ({ session }) => `/sessions/${session}` },
  {
    name: "update",
    method: "PATCH",
    path: ({ session }) => `/sessions/${session}`,
    body: () => ({ name: "Renamed" }),
  },
  { name: "join", method: "POST", path: ({ session }) => `/sessions/${session}/join` },
  { name: "leave", method: "POST", path: ({ session }) => `/sessions/${session}/leave` },
  { name: "start", method: "POST", path: ({ session }) => `/sessions/${session}/start` },
  { name: "end", method: "POST", path: ({ session }) => `/sessions/${session}/end` },
  { name: "events", method: "GET", path: ({ session }) => `/sessions/${session}/events` },
  { name: "summary", method: "GET", path: ({ session }) => `/sessions/${session}/summary` },
  {
    name: "transfer host",
    method: "POST",
    path: ({ session }) => `/sessions/${session}/host`,
    body: ({ person }) => ({ userId: person }),
  },
  {
    name: "remove participant",
    method: "DELETE",
    path: ({ session, person }) => `/sessions/${session}/participants/${person}`,
  },
];

function guided(name: string, action: string, body?: Route["body"]): Route {
  return { name, method: "POST", path: ({ session }) => `/guided/${session}/${action}`, body };
}

/** Every route that leads a session. */
export const GUIDED_ROUTES: readonly Route[] = [
  guided("choose exercise", "exercise", (_, version) => ({
    exerciseId: "dips",
    exerciseName: "Dips",
    expectedVersion: version,
  })),
  guided("next", "next", (_, version) => ({ expectedVersion: version })),
  guided("previous", "previous", (_, version) => ({ expectedVersion: version })),
  {
    name: "plan",
    method: "PUT",
    path: ({ session }) => `/guided/${session}/plan`,
    body: (_, version) => ({ plannedExercises: [], expectedVersion: version }),
  },
  guided("ready", "ready", () => ({ isReady: true })),
  guided("ready check", "ready-check", () => ({ deadlineSeconds: 60, policy: "all" })),
  guided("rest", "rest", () => ({ seconds: 90 })),
  guided("extend rest", "rest/extend", () => ({ seconds: 30 })),
  guided("skip rest", "rest/skip"),
  guided("pause", "pause"),
  guided("resume", "resume"),
  guided("transfer lead", "leader", ({ person }) => ({ userId: person })),
];

/** Every route about inviting to one session. */
export const INVITING_ROUTES: readonly Route[] = [
  {
    name: "invite",
    method: "POST",
    path: () => "/invitations",
    body: ({ session, person }) => ({ sessionId: session, recipientIds: [person] }),
  },
  {
    name: "create link",
    method: "POST",
    path: () => "/invitations/links",
    body: ({ session }) => ({ sessionId: session }),
  },
];

/** Every route about one invitation. */
export const INVITATION_ROUTES: readonly Route[] = [
  {
    name: "accept",
    method: "POST",
    path: ({ invitation }) => `/invitations/${invitation}/accept`,
  },
  {
    name: "decline",
    method: "POST",
    path: ({ invitation }) => `/invitations/${invitation}/decline`,
  },
  { name: "revoke", method: "DELETE", path: ({ invitation }) => `/invitations/${invitation}` },
];

/** Every route for signed-in people. */
export const ROUTES: readonly Route[] = [
  {
    name: "open",
    method: "POST",
    path: () => "/sessions",
    body: () => ({ mode: "shared" }),
  },
  { name: "browse", method: "GET", path: () => "/sessions" },
  ...SESSION_ROUTES,
  ...GUIDED_ROUTES,
  ...INVITING_ROUTES,
  { name: "browse invitations", method: "GET", path: () => "/invitations" },
  ...INVITATION_ROUTES,
  { name: "revoke link", method: "DELETE", path: ({ link }) => `/invitations/links/${link}` },
  {
    name: "redeem link",
    method: "POST",
    path: () => "/invitations/links/redeem",
    body: () => ({ code: "K7QNM-3XWPA-HT92D" }),
  },
];

import type { Method } from "../helpers/api.ts";

/** A route below /sessions, with a request that it accepts as it stands. */
export interface Route {
  name: string;
  method: Method;
  /** The path for a session and, where the route names somebody, a person. */
  path: (sessionId: string, userId: string) => string;
  /** A body it accepts, if it takes one. */
  body?: (userId: string) => Record<string, unknown>;
}

/** Every route about one session. */
export const SESSION_ROUTES: readonly Route[] = [
  { name: "snapshot", method: "GET", path: (id) => `/sessions/${id}` },
  {
    name: "update",
    method: "PATCH",
    path: (id) => `/sessions/${id}`,
    body: () => ({ name: "Renamed" }),
  },
  { name: "join", method: "POST", path: (id) => `/sessions/${id}/join` },
  { name: "leave", method: "POST", path: (id) => `/sessions/${id}/leave` },
  { name: "start", method: "POST", path: (id) => `/sessions/${id}/start` },
  { name: "end", method: "POST", path: (id) => `/sessions/${id}/end` },
  { name: "events", method: "GET", path: (id) => `/sessions/${id}/events` },
  { name: "summary", method: "GET", path: (id) => `/sessions/${id}/summary` },
  {
    name: "transfer host",
    method: "POST",
    path: (id) => `/sessions/${id}/host`,
    body: (userId) => ({ userId }),
  },
  {
    name: "remove participant",
    method: "DELETE",
    path: (id, userId) => `/sessions/${id}/participants/${userId}`,
  },
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
];

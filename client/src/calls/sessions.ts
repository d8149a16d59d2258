import type { LiveWorkoutSupabase } from "../database.ts";
import type { CallOptions, CreationOptions } from "./options.ts";
import { newId } from "../ids.ts";
import { callRoute } from "./route.ts";
import type { AnswerOf, BodyOf, QueryOf } from "./routes.ts";

type Browsing = QueryOf<"GET /sessions">;
type Opening = BodyOf<"POST /sessions">;
type Changes = BodyOf<"PATCH /sessions/{id}">;
type EventQuery = QueryOf<"GET /sessions/{id}/events">;

/** Sessions: opening, finding, coming, going, reading. Everything raises `LiveWorkoutError`. */
export interface SessionCalls {
  /** Opens a session, of which one is the host. */
  open(session: Opening, options?: CreationOptions): Promise<AnswerOf<"POST /sessions">>;
  /** One's own, one's friends' or the public sessions, newest first, page by page. */
  browse(query?: Browsing, options?: CallOptions): Promise<AnswerOf<"GET /sessions">>;
  /** A session as it stands. */
  snapshot(id: string, options?: CallOptions): Promise<AnswerOf<"GET /sessions/{id}">>;
  /** Changes the settings; for the host. */
  update(
    id: string,
    changes: Changes,
    options?: CallOptions,
  ): Promise<AnswerOf<"PATCH /sessions/{id}">>;
  /** Joins, or comes back. */
  join(id: string, options?: CallOptions): Promise<AnswerOf<"POST /sessions/{id}/join">>;
  /** Leaves. */
  leave(id: string, options?: CallOptions): Promise<AnswerOf<"POST /sessions/{id}/leave">>;
  /** Starts it; for the host. */
  start(id: string, options?: CallOptions): Promise<AnswerOf<"POST /sessions/{id}/start">>;
  /** Ends it, with the recap; for the host. */
  end(id: string, options?: CallOptions): Promise<AnswerOf<"POST /sessions/{id}/end">>;
  /** The events after one, in order, page by page. */
  events(
    id: string,
    query?: EventQuery,
    options?: CallOptions,
  ): Promise<AnswerOf<"GET /sessions/{id}/events">>;
  /** What it came to, or has come to so far. */
  summary(id: string, options?: CallOptions): Promise<AnswerOf<"GET /sessions/{id}/summary">>;
  /** Hands the host's role over; for the host. */
  transferHost(
    id: string,
    userId: string,
    options?: CallOptions,
  ): Promise<AnswerOf<"POST /sessions/{id}/host">>;
  /** Removes somebody for good; for the host. */
  removeParticipant(id: string, userId: string, options?: CallOptions): Promise<void>;
}

/** The calls about sessions, as whoever is signed in. */
export function sessionCalls(supabase: LiveWorkoutSupabase): SessionCalls {
  return {
    open: (body, options) => {
      const idempotencyKey = options?.idempotencyKey ?? newId();
      return callRoute(supabase, "POST /sessions", { body, idempotencyKey }, options);
    },
    browse: (query, options) => callRoute(supabase, "GET /sessions", { query }, options),
    snapshot: (id, options) => callRoute(supabase, "GET /sessions/{id}", { path: { id } }, options),
    update: (id, body, options) =>
      callRoute(supabase, "PATCH /sessions/{id}", { path: { id }, body }, options),
    join: (id, options) =>
      callRoute(supabase, "POST /sessions/{id}/join", { path: { id } }, options),
    leave: (id, options) =>
      callRoute(supabase, "POST /sessions/{id}/leave", { path: { id } }, options),
    start: (id, options) =>
      callRoute(supabase, "POST /sessions/{id}/start", { path: { id } }, options),
    end: (id, options) => callRoute(supabase, "POST /sessions/{id}/end", { path: { id } }, options),
    events: (id, query, options) =>
      callRoute(supabase, "GET /sessions/{id}/events", { path: { id }, query }, options),
    summary: (id, options) =>
      callRoute(supabase, "GET /sessions/{id}/summary", { path: { id } }, options),
    transferHost: (id, userId, options) =>
      callRoute(
        supabase,
        "POST /sessions/{id}/host",
        { path: { id }, body: { userId } },
        options,
      ),
    removeParticipant: (id, userId, options) =>
      callRoute(
        supabase,
        "DELETE /sessions/{id}/participants/{userId}",
        { path: { id, userId } },
        options,
      ),
  };
}

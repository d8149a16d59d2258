import type { LiveWorkoutSupabase } from "../database.ts";
import { newId } from "../ids.ts";
import type { CallOptions, CreationOptions } from "./options.ts";
import { callRoute } from "./route.ts";
import type { AnswerOf, BodyOf, QueryOf } from "./routes.ts";

type Inviting = BodyOf<"POST /invitations">;
type Browsing = QueryOf<"GET /invitations">;
type Linking = BodyOf<"POST /invitations/links">;

/** Invitations to friends, and codes to share. Everything raises `LiveWorkoutError`. */
export interface InvitationCalls {
  /** Invites friends, each with an outcome of their own; for the host. */
  invite(
    invitation: Inviting,
    options?: CreationOptions,
  ): Promise<AnswerOf<"POST /invitations">>;
  /** Those one got, or those one sent, newest first, page by page. */
  browse(query?: Browsing, options?: CallOptions): Promise<AnswerOf<"GET /invitations">>;
  /** Accepts, and joins. */
  accept(id: string, options?: CallOptions): Promise<AnswerOf<"POST /invitations/{id}/accept">>;
  /** Declines. */
  decline(id: string, options?: CallOptions): Promise<AnswerOf<"POST /invitations/{id}/decline">>;
  /** Takes an invitation back; for who sent it. */
  revoke(id: string, options?: CallOptions): Promise<void>;
  /** Makes a code to share, which is shown this once; for the host. */
  createLink(
    link: Linking,
    options?: CreationOptions,
  ): Promise<AnswerOf<"POST /invitations/links">>;
  /** Joins by a code. */
  redeemLink(
    code: string,
    options?: CallOptions,
  ): Promise<AnswerOf<"POST /invitations/links/redeem">>;
  /** Takes a code back; for the host, and for who made it. */
  revokeLink(id: string, options?: CallOptions): Promise<void>;
}

/** The calls about invitations, as whoever is signed in. */
export function invitationCalls(supabase: LiveWorkoutSupabase): InvitationCalls {
  return {
    invite: (body, options) => {
      const idempotencyKey = options?.idempotencyKey ?? newId();
      return callRoute(supabase, "POST /invitations", { body, idempotencyKey }, options);
    },
    browse: (query, options) => callRoute(supabase, "GET /invitations", { query }, options),
    accept: (id, options) =>
      callRoute(supabase, "POST /invitations/{id}/accept", { path: { id } }, options),
    decline: (id, options) =>
      callRoute(supabase, "POST /invitations/{id}/decline", { path: { id } }, options),
    revoke: (id, options) =>
      callRoute(supabase, "DELETE /invitations/{id}", { path: { id } }, options),
    createLink: (body, options) => {
      const idempotencyKey = options?.idempotencyKey ?? newId();
      return callRoute(supabase, "POST /invitations/links", { body, idempotencyKey }, options);
    },
    redeemLink: (code, options) =>
      callRoute(supabase, "POST /invitations/links/redeem", { body: { code } }, options),
    revokeLink: (id, options) =>
      callRoute(supabase, "DELETE /invitations/links/{id}", { path: { id } }, options),
  };
}

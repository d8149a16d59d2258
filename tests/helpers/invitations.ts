import type { z } from "@hono/zod-openapi";
import type { LiveSessionInvitation } from "../../supabase/functions/_shared/schemas/live-session-invitation.ts";
import { InvitationPage } from "../../supabase/functions/invitations/routes/browse.ts";
import {
  type CreateLinkBody,
  LinkAnswer,
} from "../../supabase/functions/invitations/routes/create-link.ts";
import { InviteAnswer } from "../../supabase/functions/invitations/routes/invite.ts";
import { call, expectAnswer } from "./api.ts";
import { withDatabase } from "./database.ts";
import type { Person } from "./people.ts";

/** Lets the host invite somebody who can be invited; the invitation. */
export async function inviteTo(
  sessionId: string,
  host: Person,
  recipient: Person,
): Promise<LiveSessionInvitation> {
  const body = { sessionId, recipientIds: [recipient.id] };
  const answer = expectAnswer(await call("POST", "/invitations", host, body), 200, InviteAnswer);
  const invitation = answer.results[0]?.invitation;
  if (invitation === undefined) throw new Error(`Not invited: ${JSON.stringify(answer)}`);
  return invitation;
}

/** Makes a code to share. */
export async function createLink(
  sessionId: string,
  host: Person,
  settings: Partial<z.input<typeof CreateLinkBody>> = {},
): Promise<z.output<typeof LinkAnswer>> {
  const answer = await call("POST", "/invitations/links", host, { sessionId, ...settings });
  return expectAnswer(answer, 201, LinkAnswer);
}

/** A page of somebody's invitations. */
export async function browseInvitations(
  person: Person,
  query = "",
): Promise<z.output<typeof InvitationPage>> {
  return expectAnswer(await call("GET", `/invitations${query}`, person), 200, InvitationPage);
}

/** Lets an invitation's time run out. */
export async function expireInvitation(id: string): Promise<void> {
  await withDatabase((sql) =>
    sql`
      update public.live_session_invitations
      set created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
      where id = ${id}`
  );
}

/** Lets a code's time run out. */
export async function expireLink(id: string): Promise<void> {
  await withDatabase((sql) =>
    sql`
      update private.live_session_invitation_links
      set created_at = now() - interval '2 days', expires_at = now() - interval '1 second'
      where id = ${id}`
  );
}

/** Lets somebody seem to have done something as often as they may within its window. */
export async function exhaustLimit(
  person: Person,
  action: "invitation" | "redemption",
): Promise<void> {
  const maximum = { invitation: 100, redemption: 10 }[action];
  await withDatabase((sql) =>
    sql`
      insert into private.rate_limits (user_id, action, scope_id, hits)
      values (${person.id}, ${action}, ${person.id}, array_fill(now(), array[${maximum}::integer]))
      on conflict (user_id, action, scope_id) do update set hits = excluded.hits`
  );
}

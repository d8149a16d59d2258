import { type Answer, call } from "../helpers/api.ts";
import {
  createLink,
  exhaustLimit,
  expireInvitation,
  expireLink,
  inviteTo,
} from "../helpers/invitations.ts";
import { befriend, block, createPeople, type Person } from "../helpers/people.ts";
import { endSession, joinSession, openSession } from "../helpers/sessions.ts";
import { itAnswersWithEveryCode } from "./every-code.ts";

/** A private session of a host, somebody in it, and a friend who is invited. */
async function assemble() {
  const [host, guest, friend, stranger] = await createPeople("Host", "Guest", "Friend", "Stranger");
  await befriend(host, guest, friend);
  const { id } = await openSession(host, { visibility: "friends" });
  await joinSession(id, guest);
  const invitation = await inviteTo(id, host, friend);
  return { host, guest, friend, stranger, id, invitation };
}

type Cast = Awaited<ReturnType<typeof assemble>>;
type Prepare = (cast: Cast) => Promise<unknown>;

/** A scenario: something is prepared, then the call is made. */
function scenario(make: (cast: Cast) => Promise<Answer>, prepare: Prepare = async () => {}) {
  return async () => {
    const cast = await assemble();
    await prepare(cast);
    return await make(cast);
  };
}

const end = ({ id, host }: Cast) => endSession(id, host);
const fill = ({ id, host }: Cast) => {
  return call("PATCH", `/sessions/${id}`, host, { maxParticipants: 2 });
};
const beElsewhere = ({ friend }: Cast) => openSession(friend);
const expire = ({ invitation }: Cast) => expireInvitation(invitation.id);
const exhaust = ({ host }: Cast) => exhaustLimit(host, "invitation");

const invite = (sessionId: string, by: Person, whom: Person) =>
  call("POST", "/invitations", by, { sessionId, recipientIds: [whom.id] });
const accept = ({ invitation, friend }: Cast) =>
  call("POST", `/invitations/${invitation.id}/accept`, friend);
const decline = ({ invitation, friend }: Cast) =>
  call("POST", `/invitations/${invitation.id}/decline`, friend);
const revoke = ({ invitation, host }: Cast) =>
  call("DELETE", `/invitations/${invitation.id}`, host);
const link = (sessionId: string, by: Person) =>
  call("POST", "/invitations/links", by, { sessionId });
const redeem = (code: string, by: Person) =>
  call("POST", "/invitations/links/redeem", by, { code });
const redeemNew = async ({ id, host, friend }: Cast) =>
  redeem((await createLink(id, host)).code, friend);

itAnswersWithEveryCode("invitations", {
  inviteFriends: {
    success: scenario(({ id, host, friend }) => invite(id, host, friend)),
    not_host: scenario(({ id, guest, friend }) => invite(id, guest, friend)),
    session_not_found: scenario(({ id, stranger, friend }) => invite(id, stranger, friend)),
    session_ended: scenario(({ id, host, friend }) => invite(id, host, friend), end),
    rate_limited: scenario(async ({ id, host, stranger }) => {
      await befriend(host, stranger);
      return await invite(id, host, stranger);
    }, exhaust),
  },
  browseInvitations: { success: scenario(({ friend }) => call("GET", "/invitations", friend)) },
  acceptInvitation: {
    success: scenario(accept),
    invitation_not_found: scenario(accept, revoke),
    invitation_expired: scenario(accept, expire),
    session_not_found: scenario(accept, ({ guest, friend }) => block(guest, friend)),
    session_ended: scenario(accept, end),
    session_full: scenario(accept, fill),
    already_in_session: scenario(accept, beElsewhere),
  },
  declineInvitation: {
    success: scenario(decline),
    invitation_not_found: scenario(decline, revoke),
    invitation_expired: scenario(decline, expire),
    already_in_session: scenario(decline, accept),
  },
  revokeInvitation: {
    success: scenario(revoke),
    invitation_not_found: scenario(({ invitation, friend }) => {
      return call("DELETE", `/invitations/${invitation.id}`, friend);
    }),
    already_in_session: scenario(revoke, accept),
  },
  createInvitationLink: {
    success: scenario(({ id, host }) => link(id, host)),
    not_host: scenario(({ id, guest }) => link(id, guest)),
    session_not_found: scenario(({ id, stranger }) => link(id, stranger)),
    session_ended: scenario(({ id, host }) => link(id, host), end),
    rate_limited: scenario(({ id, host }) => link(id, host), exhaust),
  },
  redeemInvitationLink: {
    success: scenario(redeemNew),
    invitation_not_found: scenario(({ friend }) => redeem("WRONG-GUESS", friend)),
    invitation_expired: scenario(async ({ id, host, friend }) => {
      const { id: linkId, code } = await createLink(id, host);
      await expireLink(linkId);
      return await redeem(code, friend);
    }),
    session_ended: scenario(async (cast) => {
      const { code } = await createLink(cast.id, cast.host);
      await end(cast);
      return await redeem(code, cast.friend);
    }),
    session_full: scenario(redeemNew, fill),
    already_in_session: scenario(redeemNew, beElsewhere),
    rate_limited: scenario(redeemNew, ({ friend }) => exhaustLimit(friend, "redemption")),
  },
  revokeInvitationLink: {
    success: scenario(async ({ id, host }) => {
      return await call("DELETE", `/invitations/links/${(await createLink(id, host)).id}`, host);
    }),
    invitation_not_found: scenario(async ({ id, host, guest }) => {
      return await call("DELETE", `/invitations/links/${(await createLink(id, host)).id}`, guest);
    }),
  },
});

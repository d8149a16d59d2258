import { describe, expect, it } from "vitest";
import { InviteAnswer } from "../../supabase/functions/invitations/routes/invite.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import {
  browseInvitations,
  exhaustLimit,
  expireInvitation,
  inviteTo,
} from "../helpers/invitations.ts";
import { befriend, block, createCrowd, createPeople, type Person } from "../helpers/people.ts";
import { joinSession, openSession, readSnapshot, removeFromSession } from "../helpers/sessions.ts";

async function invite(sessionId: string, host: Person, ids: string[], more: object = {}) {
  const body = { sessionId, recipientIds: ids, ...more };
  return expectAnswer(await call("POST", "/invitations", host, body), 200, InviteAnswer);
}

describe("inviting", () => {
  it("has an outcome for each person, once, in the order they were named", async () => {
    const [host, friend, guest, stranger, blocked, blocking, removed] = await createPeople(
      "Host",
      "Friend",
      "Guest",
      "Stranger",
      "Blocked",
      "Blocking",
      "Removed",
    );
    await befriend(host, friend, guest, blocked, blocking, removed);
    const { id } = await openSession(host, { visibility: "friends", name: "Leg day" });
    await joinSession(id, guest, removed);
    await removeFromSession(id, host, removed);
    await block(host, blocked);
    await block(blocking, host);
    const unknown = crypto.randomUUID();
    const people = [stranger, friend, guest, blocked, blocking, removed, host];
    const ids = people.map((person) => person.id);
    const { results } = await invite(id, host, [...ids, unknown, friend.id, stranger.id]);
    expect(results).toEqual([
      { recipientId: stranger.id, outcome: "not_invitable" },
      {
        recipientId: friend.id,
        outcome: "invited",
        invitation: {
          id: expect.any(String),
          sessionId: id,
          sessionName: "Leg day",
          hostId: host.id,
          hostDisplayName: "Host",
          recipientId: friend.id,
          mode: "shared",
          status: "pending",
          createdAt: expect.any(Number),
          expiresAt: expect.any(Number),
        },
      },
      { recipientId: guest.id, outcome: "already_in_session" },
      // Nothing tells these apart.
      { recipientId: blocked.id, outcome: "not_invitable" },
      { recipientId: blocking.id, outcome: "not_invitable" },
      { recipientId: removed.id, outcome: "not_invitable" },
      { recipientId: host.id, outcome: "already_in_session" },
      { recipientId: unknown, outcome: "not_invitable" },
    ]);
  });

  it("again gives the invitation there is", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    await befriend(host, friend);
    const { id } = await openSession(host);
    const invitation = await inviteTo(id, host, friend);
    const { results } = await invite(id, host, [friend.id], { expiresInMinutes: 5 });
    expect(results).toEqual([{ recipientId: friend.id, outcome: "already_invited", invitation }]);
  });

  it.each([[undefined, 24 * 60], [1, 1], [10_080, 10_080]])(
    "for %s minutes holds for %d",
    async (expiresInMinutes, minutes) => {
      const [host, friend] = await createPeople("Host", "Friend");
      await befriend(host, friend);
      const { id } = await openSession(host);
      const { results } = await invite(id, host, [friend.id], { expiresInMinutes });
      const { createdAt = 0, expiresAt = 0 } = results[0]?.invitation ?? {};
      expect(Math.abs(expiresAt - createdAt - minutes * 60_000)).toBeLessThan(1000);
    },
  );

  it("50 people takes one call", async () => {
    const [host, ...friends] = await createCrowd(51);
    if (host === undefined) throw new Error("There is nobody.");
    await befriend(host, ...friends);
    const { id } = await openSession(host);
    const { results } = await invite(id, host, friends.map((friend) => friend.id));
    expect(results.map(({ recipientId }) => recipientId)).toEqual(friends.map(({ id }) => id));
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["invited"]));
  });

  it("opens the door to a private session, until it is answered", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    await befriend(host, friend);
    const { id } = await openSession(host, { visibility: "private" });
    expectProblem(await call("GET", `/sessions/${id}`, friend), "session_not_found");
    const invitation = await inviteTo(id, host, friend);
    expect((await readSnapshot(id, friend)).participants).toEqual([]);
    await call("POST", `/invitations/${invitation.id}/decline`, friend);
    expectProblem(await call("GET", `/sessions/${id}`, friend), "session_not_found");
  });

  it("anew is possible after it was declined, revoked or ran out", async () => {
    const [host, ...friends] = await createPeople("Host", "Declines", "Revoked", "Late");
    await befriend(host, ...friends);
    const { id } = await openSession(host);
    const [declines, revoked, late] = friends;
    const first = await inviteTo(id, host, declines);
    await call("POST", `/invitations/${first.id}/decline`, declines);
    await call("DELETE", `/invitations/${(await inviteTo(id, host, revoked)).id}`, host);
    await expireInvitation((await inviteTo(id, host, late)).id);
    const { results } = await invite(id, host, friends.map((friend) => friend.id));
    expect(results.map(({ outcome }) => outcome)).toEqual(["invited", "invited", "invited"]);
    for (const friend of friends) {
      expect((await browseInvitations(friend)).items).toMatchObject([{ status: "pending" }]);
    }
  });

  it("too often is refused as a whole, and says when to come back", async () => {
    const [host, first, second] = await createPeople("Host", "First", "Second");
    await befriend(host, first, second);
    const { id } = await openSession(host);
    await exhaustLimit(host, "invitation");
    // One more would do.
    await withDatabase((sql) =>
      sql`update private.rate_limits set hits = hits[2:] where user_id = ${host.id}`
    );
    const body = { sessionId: id, recipientIds: [first.id, second.id] };
    const answer = await call("POST", "/invitations", host, body);
    const { retryAfterSeconds } = expectProblem(answer, "rate_limited");
    expect(retryAfterSeconds).toBeGreaterThan(3500);
    expect(answer.headers.get("retry-after")).toBe(String(retryAfterSeconds));
    expect((await browseInvitations(host, "?box=sent")).items).toEqual([]);
    await inviteTo(id, host, first);
  });
});

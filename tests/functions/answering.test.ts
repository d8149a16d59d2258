import { describe, expect, it } from "vitest";
import { AcceptAnswer } from "../../supabase/functions/invitations/routes/accept.ts";
import { DeclineAnswer } from "../../supabase/functions/invitations/routes/decline.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { browseInvitations, expireInvitation, inviteTo } from "../helpers/invitations.ts";
import { befriend, block, createPeople, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  leaveSession,
  openSession,
  readEvents,
  readSnapshot,
  removeFromSession,
} from "../helpers/sessions.ts";

/** A private session that a friend of the host is invited to. */
async function assemble() {
  const [host, friend] = await createPeople("Host", "Friend");
  await befriend(host, friend);
  const { id } = await openSession(host, { visibility: "private" });
  return { host, friend, id, invitation: await inviteTo(id, host, friend) };
}

const accept = (id: string, person: Person) => call("POST", `/invitations/${id}/accept`, person);
const decline = (id: string, person: Person) => call("POST", `/invitations/${id}/decline`, person);
const revoke = (id: string, person: Person) => call("DELETE", `/invitations/${id}`, person);

describe("accepting", () => {
  it("joins, in one step", async () => {
    const { host, friend, id, invitation } = await assemble();
    const accepted = expectAnswer(await accept(invitation.id, friend), 200, AcceptAnswer);
    expect(accepted.invitation).toEqual({ ...invitation, status: "accepted" });
    expect(accepted.session).toMatchObject({ id, participantCount: 2 });
    expect(accepted.participant).toMatchObject({ userId: friend.id, isLeader: false });
    expect((await readEvents(id, host)).at(-1)).toMatchObject({
      type: "user_joined",
      userId: friend.id,
      data: { displayName: "Friend" },
    });
  });

  it("on two devices at once joins once, and both hear of it", async () => {
    const { friend, id, invitation } = await assemble();
    const answers = await Promise.all([
      accept(invitation.id, friend),
      accept(invitation.id, friend),
    ]);
    for (const answer of answers) {
      expect(expectAnswer(answer, 200, AcceptAnswer).session.participantCount).toBe(2);
    }
    expect(await readEvents(id, friend)).toHaveLength(2);
  });

  it("is what joining does as well", async () => {
    const { host, friend, id } = await assemble();
    await joinSession(id, friend);
    expect((await browseInvitations(host, "?box=sent")).items[0]?.status).toBe("accepted");
  });

  it("again comes back after having left", async () => {
    const { friend, id, invitation } = await assemble();
    expectAnswer(await accept(invitation.id, friend), 200, AcceptAnswer);
    await leaveSession(id, friend);
    const back = expectAnswer(await accept(invitation.id, friend), 200, AcceptAnswer);
    expect(back.session.participantCount).toBe(2);
    expect(back.participant.leftAt).toBeUndefined();
  });

  it("is over for somebody who was removed", async () => {
    const { host, friend, id, invitation } = await assemble();
    expectAnswer(await accept(invitation.id, friend), 200, AcceptAnswer);
    await removeFromSession(id, host, friend);
    expectProblem(await accept(invitation.id, friend), "invitation_not_found");
  });

  it("from within another session is refused, and says within which", async () => {
    const { friend, invitation } = await assemble();
    const own = await openSession(friend);
    const problem = expectProblem(await accept(invitation.id, friend), "already_in_session");
    expect(problem.sessionId).toBe(own.id);
    expect((await browseInvitations(friend)).items[0]?.status).toBe("pending");
  });
});

describe("declining", () => {
  it("is said to the sender, and is final", async () => {
    const { host, friend, id, invitation } = await assemble();
    const declined = expectAnswer(await decline(invitation.id, friend), 200, DeclineAnswer);
    expect(declined.invitation).toEqual({ ...invitation, status: "declined" });
    expect(expectAnswer(await decline(invitation.id, friend), 200, DeclineAnswer).invitation)
      .toEqual(declined.invitation);
    expect((await browseInvitations(host, "?box=sent")).items).toEqual([declined.invitation]);
    expectProblem(await accept(invitation.id, friend), "invitation_not_found");
    expectProblem(await call("POST", `/sessions/${id}/join`, friend), "session_not_found");
  });
});

describe("revoking", () => {
  it("takes it back, once and for all", async () => {
    const { host, friend, id, invitation } = await assemble();
    expect(await revoke(invitation.id, host)).toMatchObject({ status: 204, body: undefined });
    expect(await revoke(invitation.id, host)).toMatchObject({ status: 204 });
    expectProblem(await accept(invitation.id, friend), "invitation_not_found");
    expectProblem(await decline(invitation.id, friend), "invitation_not_found");
    expectProblem(await call("GET", `/sessions/${id}`, friend), "session_not_found");
    expect((await browseInvitations(friend)).items[0]?.status).toBe("revoked");
  });

  it("comes too late when it is accepted", async () => {
    const { host, friend, id, invitation } = await assemble();
    expectAnswer(await accept(invitation.id, friend), 200, AcceptAnswer);
    const problem = expectProblem(await revoke(invitation.id, host), "already_in_session");
    expect(problem.sessionId).toBe(id);
    expect((await readSnapshot(id, friend)).session.participantCount).toBe(2);
  });
});

describe("an invitation", () => {
  it("is as if it had never been, for everybody whom it does not concern", async () => {
    const { invitation } = await assemble();
    const [stranger] = await createPeople("Stranger");
    for (const act of [accept, decline, revoke]) {
      const real = expectProblem(await act(invitation.id, stranger), "invitation_not_found");
      const unknown = expectProblem(
        await act(crypto.randomUUID(), stranger),
        "invitation_not_found",
      );
      expect({ ...real, requestId: "" }).toEqual({ ...unknown, requestId: "" });
    }
    expect((await browseInvitations(stranger)).items).toEqual([]);
    expect((await browseInvitations(stranger, "?box=sent")).items).toEqual([]);
  });

  it("can be answered by its recipient and revoked by its sender alone", async () => {
    const { host, friend, invitation } = await assemble();
    expectProblem(await accept(invitation.id, host), "invitation_not_found");
    expectProblem(await decline(invitation.id, host), "invitation_not_found");
    expectProblem(await revoke(invitation.id, friend), "invitation_not_found");
    expect((await browseInvitations(friend)).items[0]?.status).toBe("pending");
  });

  it("across a block is gone for both", async () => {
    const { host, friend, invitation } = await assemble();
    await block(friend, host);
    expectProblem(await accept(invitation.id, friend), "invitation_not_found");
    expectProblem(await revoke(invitation.id, host), "invitation_not_found");
    expect((await browseInvitations(friend)).items).toEqual([]);
    expect((await browseInvitations(host, "?box=sent")).items).toEqual([]);
  });

  it("of an ended session says so", async () => {
    const { host, friend, id, invitation } = await assemble();
    await endSession(id, host);
    expectProblem(await accept(invitation.id, friend), "session_ended");
  });
});

describe("browsing invitations", () => {
  it("lists those one got and those one sent, newest first, page by page", async () => {
    const [alice, ...friends] = await createPeople("Alice", "Bob", "Carol", "Dave");
    await befriend(alice, ...friends);
    const { id } = await openSession(alice);
    const sent: string[] = [];
    for (const friend of friends) sent.unshift((await inviteTo(id, alice, friend)).id);
    const first = await browseInvitations(alice, "?box=sent&limit=2");
    expect(first.items.map((item) => item.id)).toEqual(sent.slice(0, 2));
    const cursor = encodeURIComponent(first.nextCursor ?? "");
    const second = await browseInvitations(alice, `?box=sent&limit=2&cursor=${cursor}`);
    expect(second.items.map((item) => item.id)).toEqual(sent.slice(2));
    expect(second.nextCursor).toBeNull();
    expect((await browseInvitations(alice)).items).toEqual([]);
    expect((await browseInvitations(friends[0])).items).toMatchObject([{ id: sent[2] }]);
  });

  it("tells what has run out, before anything else has noticed", async () => {
    const { host, friend, invitation } = await assemble();
    await expireInvitation(invitation.id);
    for (const [person, box] of [[friend, "received"], [host, "sent"]] as const) {
      const listed = await browseInvitations(person, `?box=${box}&status=expired`);
      expect(listed.items).toMatchObject([{ id: invitation.id, status: "expired" }]);
      expect((await browseInvitations(person, `?box=${box}&status=pending`)).items).toEqual([]);
    }
  });

  it.each(["nonsense", "1.2", "' or 1=1 --", "99999999999999999.x"])(
    "refuses the cursor %j",
    async (cursor) => {
      const { friend } = await assemble();
      const query = `?cursor=${encodeURIComponent(cursor)}`;
      expectProblem(await call("GET", `/invitations${query}`, friend), "invalid_request");
    },
  );
});

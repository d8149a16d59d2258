import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { audit, type Crowd, gather, type Member, outcome, signInDevice, tally } from "./crowd.ts";

const ROUNDS = 100;

const accept = (member: Member, id: string) =>
  member.run("select accept_live_session_invitation($1)", [id]);

describe("answering an invitation at once with something else", () => {
  let crowd: Crowd;
  let host: Member;
  let guest: Member;
  beforeAll(async () => {
    crowd = await gather(runningStack().DB_URL, 2);
    [host, guest] = crowd.members as [Member, Member];
    await crowd.owner`insert into public.friendships (user_id, friend_id, status)
      values (${host.id}, ${guest.id}, 'friends')`;
  });
  afterAll(async () => {
    await crowd?.close();
  });

  /** A private session with an invitation to the guest. */
  async function invite(): Promise<{ sessionId: string; invitationId: string }> {
    // There are more rounds than invitations in an hour.
    await crowd.owner`delete from private.rate_limits where user_id = ${host.id}`;
    const [opened] = await host.run<{ id: string }>(
      `select open_live_session('shared', visibility_param => 'private')
         -> 'session' ->> 'id' as id`,
    );
    const [invited] = await host.run<{ id: string }>(
      `select invite_to_live_session($1, array[$2]::uuid[])
         #>> '{results,0,invitation,id}' as id`,
      [opened!.id, guest.id],
    );
    return { sessionId: opened!.id, invitationId: invited!.id };
  }

  /** What became of a session and of its invitation. */
  async function stateOf(sessionId: string) {
    const [row] = await crowd.owner`
      select s.status as session, s.participant_count as count, i.status as invitation,
        array(select e.type::text from public.live_session_events e
          where e.session_id = s.id order by e.seq) as events,
        (select p.left_at is null from public.live_session_participants p
          where p.session_id = s.id and p.user_id = ${guest.id}) as inside
      from public.live_sessions s
      join public.live_session_invitations i on i.session_id = s.id
      where s.id = ${sessionId}`;
    return row;
  }

  async function auditAndEnd(sessionId: string): Promise<void> {
    await host.run("select end_live_session($1)", [sessionId]);
    const { stated, counted, gaps } = await audit(crowd.owner, sessionId);
    expect(stated).toEqual(counted);
    expect(gaps).toBe(0);
  }

  it(`revoking: the guest is in, or was never asked, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { sessionId, invitationId } = await invite();
      const outcomes = await Promise.all([
        outcome(accept(guest, invitationId)),
        outcome(host.run("select revoke_live_session_invitation($1)", [invitationId])),
      ]);
      if (outcomes[0] === "ok") {
        expect(outcomes).toEqual(["ok", "already_in_session"]);
        expect(await stateOf(sessionId)).toEqual({
          session: "pending",
          count: 2,
          invitation: "accepted",
          events: ["session_created", "user_joined"],
          inside: true,
        });
      } else {
        expect(outcomes).toEqual(["invitation_not_found", "ok"]);
        expect(await stateOf(sessionId)).toEqual({
          session: "pending",
          count: 1,
          invitation: "revoked",
          events: ["session_created"],
          inside: null,
        });
      }
      await auditAndEnd(sessionId);
    }
  });

  it(`ending: the guest was in, or came too late, ${ROUNDS} times`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { sessionId, invitationId } = await invite();
      const outcomes = await Promise.all([
        outcome(accept(guest, invitationId)),
        outcome(host.run("select end_live_session($1)", [sessionId])),
      ]);
      if (outcomes[0] === "ok") {
        expect(outcomes).toEqual(["ok", "ok"]);
        expect(await stateOf(sessionId)).toMatchObject({
          session: "ended",
          invitation: "accepted",
          events: ["session_created", "user_joined", "session_ended"],
          inside: false,
        });
      } else {
        expect(outcomes).toEqual(["session_ended", "ok"]);
        expect(await stateOf(sessionId)).toMatchObject({
          session: "ended",
          invitation: "expired",
          events: ["session_created", "session_ended"],
          inside: null,
        });
      }
      await auditAndEnd(sessionId);
      // Whichever it was, the guest is free for another session.
      expect(await guest.run("select from private.current_session_ids()")).toHaveLength(0);
    }
  });

  it("accepting on another device: joined once, both succeed, 50 times", async () => {
    const device = await signInDevice(runningStack().DB_URL, guest.id);
    try {
      for (let round = 0; round < 50; round++) {
        const { sessionId, invitationId } = await invite();
        const outcomes = await Promise.all([
          outcome(accept(guest, invitationId)),
          outcome(accept(device, invitationId)),
        ]);
        expect(tally(outcomes)).toEqual({ ok: 2 });
        expect(await stateOf(sessionId)).toMatchObject({
          count: 2,
          events: ["session_created", "user_joined"],
        });
        await auditAndEnd(sessionId);
      }
    } finally {
      await device.close();
    }
  });

  it("declining on another device: in and accepted, or out and declined, 50 times", async () => {
    const device = await signInDevice(runningStack().DB_URL, guest.id);
    try {
      for (let round = 0; round < 50; round++) {
        const { sessionId, invitationId } = await invite();
        const outcomes = await Promise.all([
          outcome(accept(guest, invitationId)),
          outcome(device.run("select decline_live_session_invitation($1)", [invitationId])),
        ]);
        if (outcomes[0] === "ok") {
          expect(outcomes).toEqual(["ok", "already_in_session"]);
          expect(await stateOf(sessionId)).toMatchObject({ invitation: "accepted", inside: true });
        } else {
          expect(outcomes).toEqual(["invitation_not_found", "ok"]);
          expect(await stateOf(sessionId)).toMatchObject({ invitation: "declined", inside: null });
        }
        await auditAndEnd(sessionId);
      }
    } finally {
      await device.close();
    }
  });
});

import { afterEach, describe, expect, it } from "vitest";
import type { QuickReaction } from "../../client/src/types.ts";
import { call } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { inviteTo } from "../helpers/invitations.ts";
import { befriend, createPeople } from "../helpers/people.ts";
import { joinSession, leaveSession, openSession } from "../helpers/sessions.ts";
import { deviceOf } from "./devices.ts";
import { closeFriends, open } from "./friends-lists.ts";
import { quiet, until } from "./sync_support/until.ts";

afterEach(closeFriends);

describe("what is for oneself", () => {
  it("invitations come, and go when they stand no longer", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    await befriend(alice, bob, carol);
    const { id } = await openSession(bob);
    const first = await inviteTo(id, bob, alice);
    const friends = await open(deviceOf(alice));
    const ids = () => friends.store.getState().invitations.map(({ id }) => id);
    expect(ids()).toEqual([first.id]);

    const hers = await openSession(carol);
    const second = await inviteTo(hers.id, carol, alice);
    await until(() => ids().length === 2, "the second invitation");
    expect(ids()).toEqual([second.id, first.id]);
    await call("DELETE", `/invitations/${second.id}`, carol);
    await until(() => ids().length === 1, "it to be revoked");
    await joinSession(id, alice);
    await until(() => ids().length === 0, "the other one to be accepted");

    // What becomes of invitations that one sent is no invitation received.
    await leaveSession(id, alice);
    const own = await openSession(alice);
    const sent = await inviteTo(own.id, alice, carol);
    await call("POST", `/invitations/${sent.id}/decline`, carol);
    await quiet(300);
    expect(ids()).toEqual([]);
  });

  it("invitations go when their time is over", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const { id } = await openSession(bob);
    const invitation = await inviteTo(id, bob, alice);
    await withDatabase((sql) =>
      sql`update public.live_session_invitations set expires_at = now() + interval '1500 ms'
        where id = ${invitation.id}`
    );
    const friends = await open(deviceOf(alice), { pollMs: 400 });
    expect(friends.store.getState().invitations).toHaveLength(1);
    await until(() => friends.store.getState().invitations.length === 0, "it to expire");
  });

  it("cheers come once", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const cheers: QuickReaction[] = [];
    const friends = await open(deviceOf(alice), { onQuickReaction: (one) => cheers.push(one) });
    const { talk } = deviceOf(bob).liveWorkout;
    const sent = await talk.cheer({ toUserId: alice.id, emote: "crown" });
    await talk.cheer({ toUserId: alice.id, emote: "crown" }, { id: sent });
    await talk.cheer({ toUserId: alice.id, emote: "clap" });
    await until(() => cheers.length === 2, "both cheers");
    expect(friends.store.getState().quickReactions).toMatchObject([
      { emote: "clap", fromDisplayName: "Bob" },
      { id: sent, emote: "crown" },
    ]);
    expect(cheers.map(({ emote }) => emote)).toEqual(["crown", "clap"]);
  });

  it("leaves nothing behind when it is closed", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const device = deviceOf(alice);
    const friends = await open(device, { pollMs: 100 });
    await friends.close();
    expect(device.supabase.getChannels()).toEqual([]);
    expect(friends.store.getState().connection).toBe("closed");
    const before = device.requests.length;
    await quiet(500);
    expect(device.requests.length).toBe(before);
  });
});

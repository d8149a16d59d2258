import { afterEach, describe, expect, it } from "vitest";
import { LiveSessionEvent } from "../../supabase/functions/_shared/schemas/live-session-event.ts";
import { LiveSessionInvitation } from "../../supabase/functions/_shared/schemas/live-session-invitation.ts";
import { call } from "../helpers/api.ts";
import { act, send, startGuided } from "../helpers/guided.ts";
import { inviteTo } from "../helpers/invitations.ts";
import { befriend, createPeople, type Person } from "../helpers/people.ts";
import { openSession, readEvents } from "../helpers/sessions.ts";
import { subscribed, until, type Watched } from "../realtime/channels.ts";
import { clientOf, disconnectEveryone } from "../realtime/clients.ts";

// Whoever is concerned hears of it at once, over Realtime.

const listen = (person: Person, topic = `user:${person.id}`) => subscribed(clientOf(person), topic);

const heardBy = ({ messages }: Watched) =>
  messages.map(({ event, payload }) => [event, LiveSessionInvitation.parse(payload).status]);

afterEach(disconnectEveryone);

describe("an invitation", () => {
  it.each([
    ["accepted", "POST", "/accept"],
    ["declined", "POST", "/decline"],
  ])("reaches the invited, and that it was %s the sender", async (status, method, action) => {
    const [host, friend] = await createPeople("Host", "Friend");
    await befriend(host, friend);
    const [atHost, atFriend] = await Promise.all([listen(host), listen(friend)]);
    const { id } = await openSession(host);
    const invitation = await inviteTo(id, host, friend);
    await until(() => atFriend.messages.length === 1, "the invitation");
    expect(LiveSessionInvitation.parse(atFriend.messages[0]?.payload)).toEqual(invitation);
    await call(method as "POST", `/invitations/${invitation.id}${action}`, friend);
    await until(() => atHost.messages.length === 1, "the answer");
    expect(heardBy(atHost)).toEqual([["invitation_updated", status]]);
    await until(() => atFriend.messages.length === 2, "the same on other devices");
    expect(heardBy(atFriend)).toEqual([
      ["invitation_received", "pending"],
      ["invitation_updated", status],
    ]);
  });

  it("that was revoked disappears from the screen of the invited", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    await befriend(host, friend);
    const atFriend = await listen(friend);
    const { id } = await openSession(host);
    const invitation = await inviteTo(id, host, friend);
    await call("DELETE", `/invitations/${invitation.id}`, host);
    await until(() => atFriend.messages.length === 2, "the end of it");
    expect(heardBy(atFriend).at(-1)).toEqual(["invitation_updated", "revoked"]);
  });
});

describe("what the leader does", () => {
  it("reaches the followers as the log has it, in order", async () => {
    const [leader, follower] = await createPeople("Leader", "Follower");
    const { id, version, lastEventSeq } = await startGuided(leader, [follower]);
    const atFollower = await listen(follower, `live_session:${id}`);
    await act(id, leader, "next", { expectedVersion: version });
    await send(id, leader, "ready-check", { deadlineSeconds: 60, policy: "all" });
    await send(id, follower, "ready", { isReady: true });
    await act(id, leader, "rest", { seconds: 90 });
    await act(id, leader, "leader", { userId: follower.id });
    const log = (await readEvents(id, leader)).slice(lastEventSeq);
    await until(() => atFollower.messages.length === log.length, "everything");
    expect(atFollower.messages.map(({ event }) => event)).toEqual(log.map(() => "live_event"));
    expect(atFollower.messages.map(({ payload }) => LiveSessionEvent.parse(payload))).toEqual(log);
  });
});

import { describe, expect, it } from "vitest";
import type { LiveSessionInvitation, QuickReaction, WorkoutPresence } from "../types.ts";
import { invitationOf, presenceOf, quickReactionOf } from "./payloads.ts";
import {
  dropExpired,
  dropSilent,
  hearInvitation,
  hearPresence,
  hearQuickReaction,
  listInvitations,
  listPresences,
  NO_FRIENDS,
} from "./state.ts";

const training = (userId: string, workoutStartedAt: number): WorkoutPresence => ({
  userId,
  displayName: userId,
  isInLiveSession: false,
  workoutStartedAt,
  status: "working_out",
});
const invitation = (id: string, createdAt: number): LiveSessionInvitation => ({
  id,
  sessionId: "session",
  hostId: "bob",
  hostDisplayName: "Bob",
  recipientId: "alice",
  mode: "shared",
  status: "pending",
  createdAt,
  expiresAt: createdAt + 100,
});
const nobody = () => false;
const ids = ({ presences }: { presences: readonly { userId: string }[] }) =>
  presences.map(({ userId }) => userId);

describe("presences", () => {
  const state = hearPresence(
    hearPresence(NO_FRIENDS, training("bob", 1), 10),
    training("eve", 2),
    20,
  );

  it("are in order, one for each friend, and end with the training", () => {
    expect(ids(state)).toEqual(["eve", "bob"]);
    expect(ids(hearPresence(state, training("bob", 3), 30))).toEqual(["bob", "eve"]);
    expect(ids(hearPresence(state, { ...training("bob", 1), status: "finished" }, 30)))
      .toEqual(["eve"]);
  });

  it("are those that the server lists, but for what was heard since it was asked", () => {
    const listed = [training("bob", 1), training("carol", 5)];
    expect(ids(listPresences(state, listed, 30, nobody))).toEqual(["carol", "bob"]);
    // Eve began and Bob finished while the answer was on its way.
    const heard = hearPresence(state, { ...training("bob", 1), status: "finished" }, 25);
    const since = (userId: string) => userId === "bob" || userId === "eve";
    expect(ids(listPresences(heard, listed, 30, since))).toEqual(["carol", "eve"]);
  });

  it("are dropped when nothing was heard since a moment", () => {
    expect(ids(dropSilent(state, 15))).toEqual(["eve"]);
    expect(dropSilent(state, 5)).toBe(state);
  });
});

describe("invitations", () => {
  const [one, two] = [invitation("one", 1_000), invitation("two", 2_000)];
  const state = hearInvitation(hearInvitation(NO_FRIENDS, one), two);

  it("stand until they are answered, taken back or over", () => {
    expect(state.invitations).toEqual([two, one]);
    expect(hearInvitation(state, { ...one, status: "revoked" }).invitations).toEqual([two]);
    expect(dropExpired(state, 1_100).invitations).toEqual([two]);
    expect(dropExpired(state, 1_099)).toBe(state);
  });

  it("are those that the server lists, but for what was heard since", () => {
    expect(listInvitations(state, [one], nobody).invitations).toEqual([one]);
    const revoked = hearInvitation(state, { ...one, status: "revoked" });
    expect(listInvitations(revoked, [one], (id) => id !== "").invitations).toEqual([two]);
  });
});

describe("quick reactions", () => {
  it("are kept once each, and not without end", () => {
    const cheer = (id: number) => ({ id: `${id}`, emote: "fire" }) as QuickReaction;
    let state = hearQuickReaction(NO_FRIENDS, cheer(0));
    expect(hearQuickReaction(state, cheer(0))).toBe(state);
    for (let id = 1; id < 70; id++) state = hearQuickReaction(state, cheer(id));
    expect(state.quickReactions.map(({ id }) => Number(id)))
      .toEqual(Array.from({ length: 50 }, (_, index) => 69 - index));
  });
});

describe("payloads", () => {
  it.each([null, "text", [], {}, { userId: 1, id: 1 }])("that are none are none: %j", (payload) => {
    expect([presenceOf(payload), invitationOf(payload), quickReactionOf(payload)])
      .toEqual([null, null, null]);
  });

  it("that are some are taken as they are", () => {
    const presence = { ...training("bob", 1), more: true };
    expect(presenceOf(presence)).toBe(presence);
    expect(invitationOf(invitation("one", 1))).toEqual(invitation("one", 1));
  });
});

import { describe, expect, it } from "vitest";
import type { Calls } from "../../client/src/calls/calls.ts";
import { newId } from "../../client/src/ids.ts";
import { befriend, createPeople } from "../helpers/people.ts";
import {
  callsMade,
  callsOf,
  callsOfPerson,
  callsWith,
  expectIs,
  refusalOf,
} from "./calls_support.ts";

// Every call of the client, on a real stack, as people use it.

const SQUAT = { exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps: 5 };
const PLAN = [{ exerciseId: "squat", targetSets: 3 }, { exerciseId: "lunge", targetSets: 2 }];

describe("a shared session", () => {
  it("is opened, found, joined, trained in, ended and looked back at", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const [hers, his] = [callsOfPerson(alice), callsOfPerson(bob)];

    const opened = await hers.sessions.open({ mode: "shared", name: "Leg day" });
    expectIs("OpenSessionAnswer", opened);
    const { id } = opened.session;
    const changed = await hers.sessions.update(id, { theme: "strength", maxParticipants: 4 });
    expect(changed.session).toMatchObject({ theme: "strength", maxParticipants: 4 });
    const found = await his.sessions.browse({ scope: "friends", limit: 10 });
    expectIs("SessionPage", found);
    expect(found.items.map((session) => session.id)).toContain(id);
    expect((await his.sessions.join(id)).participant.userId).toBe(bob.id);
    expect((await hers.sessions.start(id)).session.status).toBe("active");

    const setId = await his.sets.log(id, { ...SQUAT, setType: "working" });
    expect(await his.sets.log(id, { ...SQUAT, id: setId })).toBe(setId);
    await his.sets.amend(setId, { reps: 6 });
    const queued = { ...SQUAT, id: newId(), timestampMs: Date.now() };
    const logged = await his.sets.logAll(id, [queued, { ...queued, id: newId(), reps: 0 }]);
    expectIs("LoggedSets", logged);
    expect(logged.results.map(({ outcome }) => outcome)).toEqual(["stored", "invalid_request"]);
    await his.sets.remove(queued.id);
    await his.sets.remove(queued.id);

    const said = newId();
    expect(await hers.talk.say(id, "Up!", { id: said })).toBe(said);
    const reaction = { toUserId: bob.id, emote: "fire", targetSetId: setId } as const;
    const reacted = await hers.talk.react(id, reaction);
    await his.presence.setStatus(id, "resting", "squat");

    const snapshot = await his.sessions.snapshot(id);
    expectIs("SessionSnapshot", snapshot);
    expect(snapshot.participants.find(({ userId }) => userId === bob.id))
      .toMatchObject({ status: "resting", currentExerciseId: "squat", totalVolumeKg: 600 });
    const page = await hers.sessions.events(id, { after: 0, limit: 500 });
    expectIs("EventPage", page);
    expect(page.events.map(({ type }) => type)).toEqual([
      "session_created",
      "session_updated",
      "user_joined",
      "session_started",
      "set_completed",
      "set_updated",
      "set_completed",
      "set_removed",
      "message",
      "reaction",
      "status_update",
    ]);
    expect(page.events[8]!.data).toMatchObject({ message: "Up!", messageId: said });
    expect(page.events[9]!.data).toMatchObject({ emote: "fire", reactionId: reacted });

    expect((await hers.sessions.transferHost(id, bob.id)).session.hostId).toBe(bob.id);
    await his.sessions.removeParticipant(id, alice.id);
    const summary = await his.sessions.end(id);
    expectIs("EndSessionAnswer", summary);
    expect((await his.sessions.summary(id)).summary.totalVolumeKg).toBe(600);

    const [set] = await his.history.sets(bob.id, { exerciseId: "squat", limit: 1 });
    expect(set).toEqual({
      ...SQUAT,
      id: setId,
      sessionId: id,
      userId: bob.id,
      setType: "working",
      reps: 6,
      timestampMs: expect.any(Number),
      e1rmKg: 120,
      isPR: false,
    });
    expect(await his.history.sets(bob.id, { before: set!.timestampMs })).toEqual([]);
    const [workout] = await his.history.workouts();
    expect(workout).toMatchObject({ sets: [{ exerciseId: "squat", weightKg: 100, reps: 6 }] });
    expect(await his.history.workouts({ before: workout!.startedAt })).toEqual([]);
    const everything = await his.history.exportMyData();
    expect(everything).toMatchObject({ exportedAt: expect.any(Number), sets: [{ id: setId }] });
  });

  it("opened twice with one key is one session", async () => {
    const [alice] = await createPeople("Alice");
    const calls = callsOfPerson(alice);
    const options = { idempotencyKey: newId() };
    const first = await calls.sessions.open({ mode: "shared" }, options);
    const second = await calls.sessions.open({ mode: "shared" }, options);
    expect(second.session.id).toBe(first.session.id);
    expect((await calls.sessions.leave(first.session.id)).session.status).toBe("ended");
  });
});

describe("a guided session", () => {
  it("is led, paused, rested in and handed over", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const [hers, his] = [callsOfPerson(alice), callsOfPerson(bob)];
    const { session: { id } } = await hers.sessions.open({
      mode: "guided",
      visibility: "public",
      plannedExercises: PLAN,
    });
    await his.sessions.join(id);
    let { session } = await hers.sessions.start(id);
    const versioned = () => ({ expectedVersion: session.version });

    ({ session } = await hers.guided.next(id, versioned()));
    ({ session } = await hers.guided.next(id, versioned()));
    expect(session.currentExerciseId).toBe("lunge");
    ({ session } = await hers.guided.previous(id, versioned()));
    ({ session } = await hers.guided.chooseExercise(id, { exerciseId: "row", ...versioned() }));
    expect(session.currentExerciseId).toBe("row");
    const conflict = await refusalOf(hers.guided.next(id, { expectedVersion: 1 }));
    expect(conflict).toMatchObject({ code: "version_conflict", isRetryable: false });
    expect(conflict.members).toEqual({ currentVersion: session.version });
    ({ session } = await hers.guided.changePlan(id, { plannedExercises: [], ...versioned() }));
    expect(session.plannedExercises).toEqual([]);

    const check = await hers.guided.startReadyCheck(id, { deadlineSeconds: 60, policy: "all" });
    expectIs("ReadyCheckAnswer", check);
    expect((await his.guided.reportReady(id, { isReady: true })).ready).toContain(bob.id);
    const resting = await hers.guided.startRest(id, { seconds: 60 });
    const longer = await hers.guided.extendRest(id, { seconds: 30 });
    expect(longer.session.restEndsAt! - resting.session.restEndsAt!).toBe(30_000);
    expect((await hers.guided.pause(id)).session.pausedAt).toBeDefined();
    expect((await hers.guided.resume(id)).session.pausedAt).toBeUndefined();
    expect((await hers.guided.skipRest(id)).session.restEndsAt).toBeUndefined();
    ({ session } = await hers.guided.transferLead(id, { userId: bob.id }));
    expect(await refusalOf(hers.guided.next(id, versioned())))
      .toMatchObject({ code: "not_leader", status: 403 });
    await hers.sessions.end(id);
  });
});

describe("invitations", () => {
  it("reach friends, and codes whoever has them", async () => {
    const [alice, bob, carol] = await createPeople("Alice", "Bob", "Carol");
    await befriend(alice, bob, carol);
    const [hers, his, carols] = [alice, bob, carol].map(callsOfPerson) as [Calls, Calls, Calls];
    const { session: { id } } = await hers.sessions.open({ mode: "shared", visibility: "private" });

    const invited = await hers.invitations.invite({
      sessionId: id,
      recipientIds: [bob.id, carol.id],
    });
    expectIs("InviteAnswer", invited);
    const [forBob, forCarol] = invited.results.map(({ invitation }) => invitation!.id);
    const box = await his.invitations.browse({ box: "received" });
    expectIs("InvitationPage", box);
    expect(box.items.map((invitation) => invitation.id)).toEqual([forBob]);
    expect((await his.invitations.accept(forBob!)).invitation.status).toBe("accepted");
    expect((await carols.invitations.decline(forCarol!)).invitation.status).toBe("declined");

    const link = await hers.invitations.createLink({ sessionId: id, maxUses: 2 });
    expectIs("LinkAnswer", link);
    const joined = await carols.invitations.redeemLink(link.code);
    expect(joined.session.participantCount).toBe(3);
    await hers.invitations.revokeLink(link.id);
    await carols.sessions.leave(id);
    const again = await hers.invitations.invite({ sessionId: id, recipientIds: [carol.id] });
    await hers.invitations.revoke(again.results[0]!.invitation!.id);
    expect((await carols.invitations.browse({ status: "pending" })).items).toEqual([]);
    await hers.sessions.end(id);
  });
});

describe("presence", () => {
  it("is seen by friends, unless one does not want it", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const [hers, his] = [callsOfPerson(alice), callsOfPerson(bob)];
    const activity = { exerciseId: "squat", exerciseName: "Squat" };
    expectIs("WorkoutPresence", await hers.presence.heartbeat(activity));
    expect(await his.presence.friends())
      .toMatchObject([{ userId: alice.id, currentExerciseId: "squat", status: "working_out" }]);
    const topics = await his.presence.topics();
    expectIs("LiveTopics", topics);
    expect(topics.presence.map(({ userId }) => userId)).toEqual([alice.id]);
    await his.talk.cheer({ toUserId: alice.id, emote: "clap" });

    expect(await hers.presence.hideFrom(bob.id)).toEqual({ visible: true, hiddenFrom: [bob.id] });
    expect(await his.presence.friends()).toEqual([]);
    await hers.presence.showTo(bob.id);
    expect(await his.presence.friends()).toHaveLength(1);
    await hers.presence.setVisible(false);
    expect(await his.presence.friends()).toEqual([]);
    expect(await hers.presence.settings()).toEqual({ visible: false, hiddenFrom: [] });
  });
});

describe("the service", () => {
  it("tells how it is and what it is", async () => {
    const { service } = callsWith(null);
    for (const name of ["sessions", "invitations", "guided"] as const) {
      expect(await service.health(name)).toMatchObject({ status: "ok", function: name });
      expect(await service.openApi(name)).toMatchObject({ openapi: "3.1.0" });
    }
  });
});

describe("all that came before", () => {
  it("went through every call there is", () => {
    expect(callsMade()).toEqual(callsOf(callsWith(null)));
  });
});

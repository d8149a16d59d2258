import { afterEach, describe, expect, it } from "vitest";
import { call } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { befriend, block, createPeople, createPerson, type Person } from "../helpers/people.ts";
import {
  joinSession,
  openSession,
  readEvents,
  readSnapshot,
  removeFromSession,
} from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { signUp } from "../helpers/tokens.ts";
import { subscribed, until, type Watched } from "../realtime/channels.ts";
import { clientOf, disconnectEveryone } from "../realtime/clients.ts";

// Whoever is shut out has the channel open still, and Realtime does not ask again: what happens
// afterwards must not reach it.

afterEach(disconnectEveryone);

const heard = ({ messages }: Watched) => messages.map(({ event }) => event);

const topicFor = async (id: string, person: Person) => {
  const { topic } = await readSnapshot(id, person);
  if (topic === undefined) throw new Error("There is no topic for this person.");
  return topic;
};

/** A message of the host, which everybody in the session hears, and nobody else. */
async function say(id: string, person: Person, message: string): Promise<void> {
  const { error } = await clientOf(person).from("live_session_messages").insert({
    session_id: id,
    user_id: person.id,
    message,
  });
  expect(error).toBeNull();
}

/** A session with everybody in it, each with the channel open. */
async function together(host: Person, ...guests: readonly Person[]) {
  await befriend(host, ...guests);
  const { id } = await openSession(host, { visibility: "friends" });
  await joinSession(id, ...guests);
  const plain = `live_session:${id}`;
  expect(await topicFor(id, host)).toBe(plain);
  const channels = await Promise.all(
    [host, ...guests].map((person) => subscribed(clientOf(person), plain)),
  );
  return { id, plain, channels };
}

/**
 * The host speaks on, whoever stays hears it at the session's new topic, and nothing of it comes to
 * a channel that was open before.
 */
async function expectSilence(
  id: string,
  plain: string,
  host: Person,
  before: readonly Watched[],
): Promise<void> {
  await until(
    () => before.every((channel) => heard(channel).includes("channel_moved")),
    "the move",
  );
  const known = before.map(heard);
  const topic = await topicFor(id, host);
  expect(topic).not.toBe(plain);
  const moved = await subscribed(clientOf(host), topic);
  await say(id, host, "Who is still here?");
  await until(() => moved.messages.length === 1, "the message at the new topic");
  // Realtime keeps the order of commits: had it gone elsewhere as well, it would be there.
  expect(before.map(heard)).toEqual(known);
}

describe("somebody with the channel of a session open", () => {
  it("hears nothing after being removed", async () => {
    const [host, guest, other] = await createPeople("Host", "Guest", "Other");
    const { id, plain, channels } = await together(host, guest, other);
    await say(id, host, "Welcome.");
    await until(() => channels.every((channel) => heard(channel).length === 1), "the welcome");
    await removeFromSession(id, host, guest);
    await expectSilence(id, plain, host, channels);
    await expect(subscribed(clientOf(guest), await topicFor(id, host))).rejects.toThrow(
      /Unauthorized/,
    );
  });

  it("hears nothing after being blocked by the host", async () => {
    const [host, guest] = await createPeople("Host", "Guest");
    const { id, plain, channels } = await together(host, guest);
    await block(host, guest);
    await expectSilence(id, plain, host, channels);
    const answer = await call("GET", `/sessions/${id}`, guest);
    expect(answer.status).toBe(404);
  });

  it("hears nothing after signing out, though the access token is still good", async () => {
    const host = await createPerson("Host");
    const email = `${crypto.randomUUID()}@example.com`;
    const guest = { ...await signUp(email, "Guest"), displayName: "Guest" };
    const { id, plain, channels } = await together(host, guest);
    const { API_URL, PUBLISHABLE_KEY } = runningStack();
    const answer = await fetch(`${API_URL}/auth/v1/logout?scope=global`, {
      method: "POST",
      headers: { apikey: PUBLISHABLE_KEY, authorization: `Bearer ${guest.token}` },
    });
    expect(answer.status).toBe(204);
    await expectSilence(id, plain, host, channels);
    await expect(subscribed(clientOf(guest), await topicFor(id, host))).rejects.toThrow(
      /Unauthorized/,
    );
    const { status } = await call("GET", `/sessions/${id}/events`, guest);
    expect(status).toBe(401);
  });

  it("hears nothing after the account was deleted", async () => {
    const [host, guest] = await createPeople("Host", "Guest");
    const { id, plain, channels } = await together(host, guest);
    await withDatabase((sql) => sql`delete from auth.users where id = ${guest.id}`);
    await expectSilence(id, plain, host, channels);
  });

  it("misses nothing when somebody else is removed: the log goes on without a gap", async () => {
    const [host, guest, other] = await createPeople("Host", "Guest", "Other");
    const { id, channels } = await together(host, guest, other);
    await removeFromSession(id, host, guest);
    await until(() => heard(channels[2]!).includes("channel_moved"), "the move");
    await say(id, host, "Between two channels.");
    const moved = await subscribed(clientOf(other), await topicFor(id, other));
    await say(id, host, "On the new one.");
    await until(() => moved.messages.length === 1, "the message");
    const log = await readEvents(id, other);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.slice(-3).map(({ type }) => type)).toEqual(["user_left", "message", "message"]);
    expect(moved.messages[0]?.payload).toMatchObject({ seq: log.length });
  });
});

describe("a friend with the channel of somebody's training open", () => {
  const train = async (person: Person, exercise_name: string) => {
    const { error } = await clientOf(person).rpc("heartbeat_presence", { exercise_name });
    expect(error).toBeNull();
  };

  it.each([
    ["being blocked", (me: Person, friend: Person) => block(me, friend)],
    ["being hidden from", async (me: Person, friend: Person) => {
      const { error } = await clientOf(me).rpc("hide_presence_from", { user_id: friend.id });
      expect(error).toBeNull();
    }],
    ["the end of the friendship", async (me: Person, friend: Person) => {
      const { error } = await clientOf(friend).from("friendships").delete().eq("user_id", me.id);
      expect(error).toBeNull();
    }],
  ])("hears nothing after %s", async (_, shutOut) => {
    const [me, friend, mate] = await createPeople("Me", "Friend", "Mate");
    await befriend(me, friend, mate);
    const [atFriend, atMate] = await Promise.all(
      [friend, mate].map((person) => subscribed(clientOf(person), `workout_presence:${me.id}`)),
    );
    await train(me, "Squat");
    await until(() => atFriend!.messages.length === 1, "the training");
    await shutOut(me, friend);
    await until(() => heard(atMate!).includes("channel_moved"), "the move");
    const { data } = await clientOf(mate).rpc("live_topics");
    const topics = data as { presence: { userId: string; topic: string }[] };
    const moved = await subscribed(clientOf(mate), topics.presence[0]!.topic);
    await train(me, "Deadlift");
    await until(() => moved.messages.length === 1, "the training goes on for the other");
    expect(heard(atFriend!)).toEqual(["presence_update", "channel_moved"]);
  });
});

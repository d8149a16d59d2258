import { createClient } from "@supabase/supabase-js";
import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { lastStatus, numbers, quiet, subscribed, until, watch } from "./channels.ts";
import { createPerson, type Person } from "../helpers/people.ts";
import { joinSession, leaveSession, openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { signToken } from "../helpers/tokens.ts";
import { clientOf, clientWith, disconnectEveryone } from "./clients.ts";
import { send, topicOf } from "./database.ts";
import { RawSocket } from "./raw_socket.ts";

const stack = runningStack();

let host: Person;
let sessionId: string;
let topic: string;

beforeAll(async () => {
  host = await createPerson("Host");
  const session = await openSession(host);
  sessionId = session.id;
  topic = topicOf(session);
});
afterEach(disconnectEveryone);

describe("a new token on a joined channel", () => {
  /** A client whose token a test can exchange. */
  function rotating(token: string) {
    const state = { token };
    const client = clientWith(() => Promise.resolve(state.token));
    const exchange = async (next: string) => {
      state.token = next;
      await client.realtime.setAuth();
    };
    return { client, exchange };
  }

  it("that is good changes nothing that the client could see", async () => {
    const { client, exchange } = rotating(host.token);
    const watched = await subscribed(client, topic);
    await exchange(await signToken(host));
    await quiet();
    await send(topic, { n: 1 });
    await until(() => numbers(watched).length > 0, "the message");
    expect(watched.statuses).toEqual([{ status: "SUBSCRIBED" }]);
    expect(watched.system).toEqual([]);
  });

  it("that does not verify closes the channel for good", async () => {
    const bad: [string, RegExp][] = [
      ["garbage", /^The token provided is not a valid JWT$/],
      [await signToken(host, { expiresInSeconds: -5 }), /^Token has expired \d+ seconds ago$/],
      [
        await signToken(host, { secret: "another-secret-of-more-than-32-characters" }),
        /^Failed to validate JWT signature$/,
      ],
    ];
    const closed = await Promise.all(bad.map(async ([token, message]) => {
      const { client, exchange } = rotating(host.token);
      const watched = await subscribed(client, topic);
      await exchange(token);
      await until(() => lastStatus(watched) === "CLOSED", "CLOSED");
      expect(watched.system).toEqual([
        {
          extension: "system",
          status: "error",
          message: expect.stringMatching(message),
          channel: topic,
        },
      ]);
      return watched;
    }));
    await send(topic, { n: 1 });
    // Longer than the client's first pause before joining again, which it must not do.
    await quiet(1_500);
    for (const watched of closed) {
      expect(numbers(watched)).toEqual([]);
      expect(lastStatus(watched)).toBe("CLOSED");
    }
  });

  it("of somebody who may not read the topic closes the channel", async () => {
    const stranger = await createPerson("Stranger");
    const { client, exchange } = rotating(host.token);
    const watched = await subscribed(client, topic);
    await exchange(stranger.token);
    await until(() => lastStatus(watched) === "CLOSED", "CLOSED");
    expect(watched.system[0]?.message).toBe(
      `You do not have permissions to read from this Channel topic: ${topic}`,
    );
  });

  it("asks the policies again: who left in the meantime is out", async () => {
    const guest = await createPerson("Guest");
    await joinSession(sessionId, guest);
    const { client, exchange } = rotating(guest.token);
    const watched = await subscribed(client, topic);
    await leaveSession(sessionId, guest);
    await exchange(await signToken(guest));
    await until(() => lastStatus(watched) === "CLOSED", "CLOSED");
  });
});

it("ignores an access_token that is null, an API key or the same again", async () => {
  const socket = await RawSocket.open();
  const name = `realtime:${topic}`;
  socket.join("1", name, host.token, { private: true });
  await socket.replyTo("1");
  for (const token of [null, stack.PUBLISHABLE_KEY, host.token, 7]) {
    socket.push("1", "2", name, "access_token", { access_token: token });
  }
  socket.push("1", "3", name, "phx_leave", {});
  await socket.next("phx_close");
  expect(socket.frames.map(({ event, ref }) => [event, ref])).toEqual([
    ["phx_reply", "1"],
    ["phx_reply", "3"],
    ["phx_close", "1"],
  ]);
  await socket.close();
});

describe("a token that expires while the channel is open", () => {
  it("closes the channel with the platform's message", async () => {
    const token = await signToken(host, { expiresInSeconds: 2 });
    const watched = await subscribed(clientOf({ token }), topic);
    await until(() => lastStatus(watched) === "CLOSED", "CLOSED");
    expect(watched.system).toEqual([
      {
        extension: "system",
        status: "error",
        message: expect.stringMatching(/^Token has expired [01] seconds ago$/),
        channel: topic,
      },
    ]);
  });

  it("does not when a new one came in time", async () => {
    let token = await signToken(host, { expiresInSeconds: 2 });
    const client = clientWith(() => Promise.resolve(token));
    const watched = await subscribed(client, topic);
    token = await signToken(host);
    await client.realtime.setAuth();
    await quiet(2_500);
    await send(topic, { n: 1 });
    await until(() => numbers(watched).length > 0, "the message");
    expect(watched.statuses).toEqual([{ status: "SUBSCRIBED" }]);
  });

  it("lets the person in again with a new token", async () => {
    let token = await signToken(host, { expiresInSeconds: 1 });
    const client = clientWith(() => Promise.resolve(token));
    const watched = await subscribed(client, topic);
    await until(() => lastStatus(watched) === "CLOSED", "CLOSED");
    token = await signToken(host);
    await client.removeChannel(watched.channel);
    await subscribed(client, topic);
  });
});

it("works for a person who signed up: await setAuth(), then join", async () => {
  const client = createClient(stack.API_URL, stack.PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const { error } = await client.auth.signUp({
    email: `${randomUUID()}@example.test`,
    password: "correct horse battery staple",
    options: { data: { display_name: "Signed Up" } },
  });
  expect(error).toBeNull();
  const { error: refusal } = await client.rpc("join_live_session", { session_id_param: sessionId });
  expect(refusal).toBeNull();
  await client.realtime.setAuth();
  const watched = watch(client, topic, { config: { private: true } });
  await until(() => watched.statuses.length > 0, "an answer to the join");
  expect(watched.statuses).toEqual([{ status: "SUBSCRIBED" }]);
  await client.removeAllChannels();
});

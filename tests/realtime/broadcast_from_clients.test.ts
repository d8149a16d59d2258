import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { quiet, subscribed, until, type Watched } from "./channels.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import { joinSession, openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { clientOf, disconnectEveryone, nobodysClient } from "./clients.ts";
import { topicOf } from "./database.ts";
import { RawSocket, readBinary } from "./raw_socket.ts";

const stack = runningStack();
const VERSIONS = ["1.0.0", "2.0.0"];

let host: Person;
let guest: Person;
let topic: string;

beforeAll(async () => {
  [host, guest] = await createPeople("Host", "Guest");
  const session = await openSession(host);
  await joinSession(session.id, guest);
  topic = topicOf(session);
});
afterEach(disconnectEveryone);

const events = (watched: Watched) => watched.messages.map(({ event }) => event);
const hello = (event = "hello", payload: unknown = { text: "grüß dich 👋" }) => ({
  type: "broadcast" as const,
  event,
  payload,
});
const pairs = VERSIONS.flatMap((sender) => VERSIONS.map((receiver) => [sender, receiver] as const));

describe("on a public channel", () => {
  it.each(pairs)("vsn %s is heard by vsn %s, and not by itself", async (from, to) => {
    const sender = await subscribed(nobodysClient({ vsn: from }), "lobby", { config: {} });
    const receiver = await subscribed(nobodysClient({ vsn: to }), "lobby", { config: {} });
    expect(await sender.channel.send(hello())).toBe("ok");
    await until(() => receiver.messages.length > 0, "the message");
    await quiet(100);
    expect(receiver.messages).toEqual([hello()]);
    expect(sender.messages).toEqual([]);
  });

  it.each(VERSIONS)("with self and ack, vsn %s hears itself and is told", async (vsn) => {
    const sender = await subscribed(nobodysClient({ vsn }), "echo", {
      config: { broadcast: { self: true, ack: true } },
    });
    expect(await sender.channel.send(hello())).toBe("ok");
    await until(() => sender.messages.length > 0, "the message");
    expect(sender.messages).toEqual([hello()]);
  });

  it("keeps the order of what one sender sends", async () => {
    const config = { config: {} };
    const sender = await subscribed(nobodysClient(), "order", config);
    const receiver = await subscribed(nobodysClient(), "order", config);
    const names = Array.from({ length: 100 }, (_, index) => `event ${index}`);
    for (const name of names) sender.channel.send(hello(name));
    await until(() => receiver.messages.length === 100, "100 messages");
    expect(events(receiver)).toEqual(names);
  });

  it("carries bytes between clients of vsn 2.0.0", async () => {
    const sender = await subscribed(nobodysClient(), "bytes", { config: {} });
    const socket = await RawSocket.open();
    socket.join("1", "realtime:bytes", null);
    await socket.replyTo("1");
    await sender.channel.send(hello("raw", Uint8Array.from([1, 2, 0, 255]).buffer));
    await until(() => socket.binaries.length > 0, "the message");
    const frame = socket.binaries[0] ?? new Uint8Array();
    expect(readBinary(frame)).toMatchObject({ kind: 4, event: "raw", meta: "", encoding: 0 });
    expect([...frame.slice(-4)]).toEqual([1, 2, 0, 255]);
    await socket.close();
  });

  it("is not heard on the private channel of the name", async () => {
    const inside = await subscribed(clientOf(host), topic);
    const outside = await subscribed(nobodysClient(), topic, { config: {} });
    await outside.channel.send(hello());
    await quiet();
    expect(events(inside)).not.toContain("hello");
  });
});

describe("on a private channel", () => {
  it("who may not write is not heard, and not told", async () => {
    const config = { config: { private: true, broadcast: { ack: true } } };
    const sender = await subscribed(clientOf(guest), topic, config);
    const receiver = await subscribed(clientOf(host), topic);
    const answer = sender.channel.send(hello(), { timeout: 500 });
    expect(await answer).toBe("timed out");
    expect(events(receiver)).not.toContain("hello");
  });

  it.each(VERSIONS)("who may write is heard and told, with vsn %s", async (vsn) => {
    const server = nobodysClient({ vsn, key: stack.SECRET_KEY });
    const config = { config: { private: true, broadcast: { ack: true } } };
    const sender = await subscribed(server, topic, config);
    const receiver = await subscribed(clientOf(host), topic);
    expect(await sender.channel.send(hello())).toBe("ok");
    await until(() => events(receiver).includes("hello"), "the message");
  });
});

describe("over HTTP", () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${stack.API_URL}/realtime/v1/api/broadcast${path}`, {
      method: "POST",
      headers: {
        apikey: stack.PUBLISHABLE_KEY,
        "content-type": "application/json",
        ...headers,
      },
      body,
    });
  const batch = (messages: unknown, headers?: Record<string, string>) =>
    post("", JSON.stringify({ messages }), headers);
  const secret = { apikey: stack.SECRET_KEY };

  it("a batch goes out with 202, without what the caller may not send", async () => {
    const inside = await subscribed(clientOf(host), topic);
    const outside = await subscribed(nobodysClient(), topic, { config: {} });
    const messages = [
      { topic, event: "public", payload: { n: 1 } },
      { topic, event: "private", payload: { n: 2 }, private: true },
    ];
    const response = await batch(messages, { authorization: `Bearer ${guest.token}` });
    expect([response.status, await response.text()]).toEqual([202, ""]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    await until(() => outside.messages.length > 0, "the public message");
    await quiet();
    expect(outside.messages).toEqual([{ type: "broadcast", event: "public", payload: { n: 1 } }]);
    expect(events(inside)).not.toContain("private");

    expect((await batch(messages, secret)).status).toBe(202);
    await until(() => events(inside).includes("private"), "the private message");
    expect(events(inside)).not.toContain("public");
  });

  it.each([
    [undefined, { messages: ["can't be blank"] }],
    [[{}], {
      messages: [{
        topic: ["can't be blank"],
        event: ["can't be blank"],
        payload: ["can't be blank"],
      }],
    }],
    [[{ topic: 1, event: "x", payload: [], private: "maybe" }], {
      messages: [{ topic: ["is invalid"], payload: ["is invalid"], private: ["is invalid"] }],
    }],
  ])("a batch of %j is answered with 422", async (messages, errors) => {
    const response = await batch(messages);
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({ errors });
  });

  it("httpSend() reaches a public topic, without a subscription of its own", async () => {
    const receiver = await subscribed(nobodysClient(), "a room/with ünusual name", { config: {} });
    const sender = nobodysClient().channel("a room/with ünusual name");
    expect(await sender.httpSend("a/b", { n: 1 })).toEqual({ success: true });
    await until(() => receiver.messages.length > 0, "the message");
    expect(receiver.messages).toEqual([{ type: "broadcast", event: "a/b", payload: { n: 1 } }]);
  });

  it("httpSend() to a private topic obeys the policies and says so", async () => {
    const receiver = await subscribed(clientOf(host), topic);
    const config = { config: { private: true } };
    const server = nobodysClient({ key: stack.SECRET_KEY }).channel(topic, config);
    expect(await server.httpSend("hello", { n: 1 })).toEqual({ success: true });
    await until(() => events(receiver).includes("hello"), "the message");

    const client = clientOf(guest);
    await client.realtime.setAuth();
    await expect(client.channel(topic, config).httpSend("denied", { n: 2 })).rejects
      .toThrow("Unauthorized");
    const response = await post(`/${encodeURIComponent(topic)}/events/denied?private=true`, "{}");
    expect([response.status, await response.json()]).toEqual([403, { message: "Unauthorized" }]);
    await quiet();
    expect(events(receiver)).not.toContain("denied");
  });

  it("sends bytes, too", async () => {
    const receiver = await subscribed(nobodysClient(), "http bytes", { config: {} });
    await nobodysClient().channel("http bytes").httpSend("raw", Uint8Array.from([7, 8]).buffer);
    await until(() => receiver.messages.length > 0, "the message");
    const payload = receiver.messages[0]?.payload as unknown as ArrayBuffer;
    expect([...new Uint8Array(payload)]).toEqual([7, 8]);
  });

  it("answers what it does not understand", async () => {
    const status = async (response: Promise<Response>) => (await response).status;
    const room = "/room/events/x";
    expect(await status(batch([], { apikey: "sb_publishable_wrong" }))).toBe(401);
    expect(await status(batch([], { authorization: "Bearer garbage" }))).toBe(401);
    expect(await status(post("", "not json"))).toBe(400);
    expect(await status(post(room, "not json"))).toBe(400);
    expect(await status(post(room, "<x/>", { "content-type": "text/xml" }))).toBe(415);
    expect(await status(post("/room/things/x", "{}"))).toBe(404);
    expect(await status(post("/%ff/events/x", "{}"))).toBe(400);
    expect(
      await status(fetch(`${stack.API_URL}/realtime/v1/api/broadcast`, {
        headers: { apikey: stack.PUBLISHABLE_KEY },
      })),
    ).toBe(405);
    expect(
      await status(fetch(`${stack.API_URL}/realtime/v1/elsewhere`, {
        headers: { apikey: stack.PUBLISHABLE_KEY },
      })),
    ).toBe(404);
  });
});

import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { lastStatus, numbers, quiet, subscribed, until } from "./channels.ts";
import { createPerson, type Person } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { clientOf, disconnectEveryone } from "./clients.ts";
import { send, topicOf } from "./database.ts";
import { RawSocket } from "./raw_socket.ts";

let host: Person;
let topic: string;

beforeAll(async () => {
  host = await createPerson("Host");
  topic = topicOf(await openSession(host));
});
afterEach(disconnectEveryone);

describe("with raw frames of vsn 2.0.0", () => {
  it("answers a heartbeat", async () => {
    const socket = await RawSocket.open();
    socket.push(null, "26", "phoenix", "heartbeat", {});
    await socket.replyTo("26");
    expect(socket.texts).toEqual([
      '[null,"26","phoenix","phx_reply",{"status":"ok","response":{}}]',
    ]);
    await socket.close();
  });

  it("joins and leaves: reply, then phx_close", async () => {
    const socket = await RawSocket.open();
    socket.join("6", "realtime:room", null);
    await socket.replyTo("6");
    socket.push("6", "7", "realtime:room", "phx_leave", {});
    await socket.next("phx_close");
    expect(socket.texts).toEqual([
      '["6","6","realtime:room","phx_reply",{"status":"ok","response":{"postgres_changes":[]}}]',
      '["6","7","realtime:room","phx_reply",{"status":"ok","response":{}}]',
      '["6","6","realtime:room","phx_close",{}]',
    ]);
    await socket.close();
  });

  it("sends presence_state after the reply to who asks for presence", async () => {
    const socket = await RawSocket.open();
    socket.join("1", "realtime:empty_room", null, { presence: { key: "", enabled: true } });
    await socket.next("presence_state");
    expect(socket.texts).toEqual([
      '["1","1","realtime:empty_room","phx_reply",' +
      '{"status":"ok","response":{"postgres_changes":[]}}]',
      '["1",null,"realtime:empty_room","presence_state",{}]',
    ]);
    await socket.close();
  });

  it("closes the first join of a topic for the second, which alone receives", async () => {
    const socket = await RawSocket.open();
    socket.join("1", `realtime:${topic}`, host.token, { private: true });
    socket.join("2", `realtime:${topic}`, host.token, { private: true });
    expect((await socket.replyTo("1")).status).toBe("ok");
    expect((await socket.replyTo("2")).status).toBe("ok");
    expect(socket.frames.filter(({ event }) => event === "phx_close")).toEqual([
      { joinRef: "1", ref: "1", topic: `realtime:${topic}`, event: "phx_close", payload: {} },
    ]);
    await send(topic, { n: 1 });
    await until(() => socket.binaries.length > 0, "the message");
    await quiet();
    expect(socket.binaries).toHaveLength(1);
    await socket.close();
  });

  it("does not let a leave of the first join end the second", async () => {
    const socket = await RawSocket.open();
    socket.join("1", "realtime:room", null);
    socket.join("2", "realtime:room", null);
    socket.push("1", "3", "realtime:room", "phx_leave", {});
    socket.push("2", "4", "realtime:room", "phx_leave", {});
    await socket.replyTo("4");
    expect(socket.frames.filter(({ ref, event }) => ref === "3" && event === "phx_reply"))
      .toEqual([]);
    await socket.close();
  });

  it("answers for a topic that was not joined", async () => {
    const socket = await RawSocket.open();
    socket.push(null, "1", "realtime:elsewhere", "broadcast", { event: "x", payload: {} });
    socket.push(null, "2", "realtime:elsewhere", "phx_leave", {});
    expect(await socket.replyTo("1")).toEqual({
      status: "error",
      response: { reason: "unmatched topic" },
    });
    expect((await socket.replyTo("2")).status).toBe("ok");
    await socket.close();
  });

  it("survives what is no frame, and so does the socket that sent it", async () => {
    const socket = await RawSocket.open();
    const malformed = [
      "",
      "nonsense",
      "{}",
      "[]",
      "null",
      "[1,2,3]",
      '[null,null,7,"phx_join",{}]',
      '[null,null,"realtime:x",7,{}]',
      '[null,null,"realtime:x","phx_join",[]]',
      '[{},{},"realtime:x","phx_join",{}]',
      "x".repeat(200_000),
    ];
    for (const text of malformed) socket.send(text);
    for (const bytes of [[], [3], [3, 255, 255, 255, 255, 255, 1], [0, 1, 2], [9, 9, 9]]) {
      socket.send(Uint8Array.from(bytes));
    }
    // Well framed, but no configuration: joins with the defaults.
    socket.push("1", "1", "realtime:x", "phx_join", { config: [1], access_token: 7 });
    socket.push(null, "2", "phoenix", "heartbeat", {});
    expect((await socket.replyTo("1")).status).toBe("ok");
    expect((await socket.replyTo("2")).status).toBe("ok");
    expect(socket.closed).toBe(false);
    await socket.close();
  });
});

describe.each(["1.0.0", ""])("with raw frames of vsn %j", (version) => {
  it("speaks in objects without the reference of the join", async () => {
    const socket = await RawSocket.open(version);
    socket.join("1", "realtime:room", null, { presence: { key: "", enabled: true } });
    await socket.next("presence_state");
    socket.push(null, "2", "phoenix", "heartbeat", {});
    await socket.replyTo("2");
    socket.push("1", "3", "realtime:room", "phx_leave", {});
    await socket.next("phx_close");
    expect(socket.texts.map((text) => JSON.parse(text))).toEqual([
      {
        topic: "realtime:room",
        event: "phx_reply",
        payload: { status: "ok", response: { postgres_changes: [] } },
        ref: "1",
      },
      { topic: "realtime:room", event: "presence_state", payload: {}, ref: null },
      { topic: "phoenix", event: "phx_reply", payload: { status: "ok", response: {} }, ref: "2" },
      {
        topic: "realtime:room",
        event: "phx_reply",
        payload: { status: "ok", response: {} },
        ref: "3",
      },
      { topic: "realtime:room", event: "phx_close", payload: {}, ref: "1" },
    ]);
    await socket.close();
  });

  it("survives what is no frame", async () => {
    const socket = await RawSocket.open(version);
    for (const text of ["nonsense", "[]", "{}", '{"topic":1,"event":2,"payload":{}}']) {
      socket.send(text);
    }
    socket.send(Uint8Array.from([3, 0, 0, 0, 0, 0, 1]));
    socket.push(null, "1", "phoenix", "heartbeat", {});
    expect((await socket.replyTo("1")).status).toBe("ok");
    await socket.close();
  });
});

describe.each(["1.0.0", "2.0.0"])("with supabase-js and vsn %s", (vsn) => {
  const hostClient = () => clientOf(host, { vsn });

  it("a heartbeat is answered", async () => {
    const client = hostClient();
    await subscribed(client, topic);
    const seen: string[] = [];
    client.realtime.onHeartbeat((status) => seen.push(status));
    await client.realtime.sendHeartbeat();
    await until(() => seen.length === 2, "the answer");
    expect(seen).toEqual(["sent", "ok"]);
  });

  it("unsubscribe() is acknowledged and ends the messages", async () => {
    const watched = await subscribed(hostClient(), topic);
    expect(await watched.channel.unsubscribe()).toBe("ok");
    expect(lastStatus(watched)).toBe("CLOSED");
    await send(topic, { n: 1 });
    await quiet();
    expect(numbers(watched)).toEqual([]);
  });

  it("removeChannel() makes room for joining the same topic again", async () => {
    const client = hostClient();
    const first = await subscribed(client, topic);
    expect(await client.removeChannel(first.channel)).toBe("ok");
    const second = await subscribed(client, topic);
    await send(topic, { n: 2 });
    await until(() => numbers(second).length > 0, "the message");
    expect(numbers(second)).toEqual([2]);
    expect(numbers(first)).toEqual([]);
  });

  it("a client that vanishes and comes back joins again by itself", async () => {
    const client = hostClient();
    const watched = await subscribed(client, topic);
    // What a phone does that loses its network: the socket dies, nobody says goodbye.
    const { conn } = (client.realtime as unknown as {
      socketAdapter: { socket: { conn: { terminate(): void } } };
    }).socketAdapter.socket;
    conn.terminate();
    await until(
      () => watched.statuses.filter(({ status }) => status === "SUBSCRIBED").length === 2,
      "SUBSCRIBED again",
      8_000,
    );
    await send(topic, { n: 3 });
    await until(() => numbers(watched).length > 0, "the message");
    expect(numbers(watched)).toEqual([3]);
  });
});

import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { numbers, quiet, subscribe, subscribed, until } from "./channels.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import { joinSession, openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { clientOf, disconnectEveryone, nobodysClient } from "./clients.ts";
import { run, runInVain, send, sending, topicOf } from "./database.ts";
import { RawSocket, readBinary } from "./raw_socket.ts";

const VERSIONS = ["1.0.0", "2.0.0"];

let host: Person;
let guest: Person;
let stranger: Person;
let sessionId: string;
let topic: string;

beforeAll(async () => {
  [host, guest, stranger] = await createPeople("Host", "Guest", "Stranger");
  const session = await openSession(host);
  sessionId = session.id;
  topic = topicOf(session);
  await joinSession(sessionId, guest);
});
afterEach(disconnectEveryone);

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe.each(VERSIONS)("with vsn %s", (vsn) => {
  it("delivers the event, the payload with its id, and the id of the message", async () => {
    const watched = await subscribed(clientOf(host, { vsn }), topic);
    const text = 'Kniebeuge — 深蹲 🏋️ "quoted" \\ \u2028';
    await send(topic, { n: 1, text, nested: { list: [1, null, 2.5] } });
    await until(() => numbers(watched).length > 0, "the message");
    const message = watched.messages.find(({ payload }) => payload.n === 1);
    expect(message).toEqual({
      type: "broadcast",
      event: "live_event",
      payload: { n: 1, text, nested: { list: [1, null, 2.5] }, id: expect.any(String) },
      meta: { id: message?.payload.id },
    });
  });

  it("keeps an id that the payload has", async () => {
    const watched = await subscribed(clientOf(host, { vsn }), topic);
    await send(topic, { n: 1, id: "mine" });
    await until(() => numbers(watched).length > 0, "the message");
    const message = watched.messages.find(({ payload }) => payload.n === 1);
    expect(message?.payload.id).toBe("mine");
    expect(message?.meta?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("delivers 200 messages of 20 transactions, each once and in the order of commits", async () => {
    const watched = await Promise.all(
      [host, guest].map((person) => subscribed(clientOf(person, { vsn }), topic)),
    );
    for (let first = 1; first <= 200; first += 10) {
      const batch = upTo(10).map((offset) => first + offset - 1);
      const payloads = batch.map((n) => ({ n, filler: "x".repeat(500) }));
      await run(...payloads.map((payload) => sending(topic, payload)));
    }
    await until(() => watched.every((one) => numbers(one).length >= 200), "200 messages");
    await quiet();
    for (const one of watched) expect(numbers(one)).toEqual(upTo(200));
  });

  it("delivers a payload larger than a page of the database", async () => {
    const watched = await subscribed(clientOf(host, { vsn }), topic);
    // Random, so that it is not compressed back to nothing.
    const filler = upTo(3_000).map(() => randomUUID()).join();
    await send(topic, { n: 1, filler });
    await until(() => numbers(watched).length > 0, "the message");
    expect(watched.messages.find(({ payload }) => payload.n === 1)?.payload.filler).toBe(filler);
  });
});

it("delivers nothing of a transaction that was rolled back", async () => {
  const watched = await subscribed(clientOf(host), topic);
  await runInVain(...upTo(5).map((n) => sending(topic, { n })));
  await send(topic, { n: 6 });
  await until(() => numbers(watched).length > 0, "the message");
  await quiet();
  expect(numbers(watched)).toEqual([6]);
});

it("orders by commit, not by when a transaction wrote", async () => {
  const watched = await subscribed(clientOf(host), topic);
  const early = run(sending(topic, { n: 2 }), ["select pg_sleep(0.4)"]);
  await quiet(100);
  await send(topic, { n: 1 });
  await early;
  await until(() => numbers(watched).length === 2, "both messages");
  expect(numbers(watched)).toEqual([1, 2]);
});

it("keeps public and private channels of one name apart", async () => {
  const inside = await subscribed(clientOf(host), topic);
  const outside = await subscribed(clientOf(stranger), topic, { config: {} });
  await send(topic, { n: 1 }, true);
  await send(topic, { n: 2 }, false);
  await until(() => numbers(inside).length > 0 && numbers(outside).length > 0, "both messages");
  await quiet();
  expect(numbers(inside)).toEqual([1]);
  expect(numbers(outside)).toEqual([2]);
});

it("keeps topics apart", async () => {
  const other = await createPerson("Other Host");
  const otherTopic = topicOf(await openSession(other));
  const here = await subscribed(clientOf(host), topic);
  const there = await subscribed(clientOf(other), otherTopic);
  await send(topic, { n: 1 });
  await send(otherTopic, { n: 2 });
  await until(() => numbers(here).length > 0 && numbers(there).length > 0, "both messages");
  expect(numbers(here)).toEqual([1]);
  expect(numbers(there)).toEqual([2]);
});

it.each(VERSIONS)("sends who was refused no frame at all, with vsn %s", async (vsn) => {
  const socket = await RawSocket.open(vsn);
  socket.join("1", `realtime:${topic}`, stranger.token, { private: true });
  socket.join("2", `realtime:${topic}`, null, { private: true });
  expect((await socket.replyTo("1")).status).toBe("error");
  expect((await socket.replyTo("2")).status).toBe("error");
  const witness = await subscribed(clientOf(host), topic);
  for (const n of upTo(10)) await send(topic, { n });
  await until(() => numbers(witness).length === 10, "the witness to hear it");
  await quiet();
  expect(socket.texts).toHaveLength(2);
  expect(socket.binaries).toEqual([]);
  await socket.close();
});

describe("frames", () => {
  it("of vsn 2.0.0 are binary: kind 4, the body as it was sent", async () => {
    const socket = await RawSocket.open("2.0.0");
    socket.join("1", `realtime:${topic}`, host.token, { private: true });
    await socket.replyTo("1");
    await send(topic, { n: 1, id: "mine" });
    await until(() => socket.binaries.length > 0, "the message");
    const frame = readBinary(socket.binaries[0] ?? new Uint8Array());
    expect(frame).toEqual({
      kind: 4,
      topic: `realtime:${topic}`,
      event: "live_event",
      meta: expect.stringMatching(/^\{"id":"[0-9a-f-]{36}"\}$/),
      encoding: 1,
      body: '{"n": 1, "id": "mine"}',
    });
    await socket.close();
  });

  it("of vsn 1.0.0 are text", async () => {
    const socket = await RawSocket.open("1.0.0");
    socket.join("1", `realtime:${topic}`, host.token, { private: true });
    await socket.replyTo("1");
    await send(topic, { n: 1, id: "mine" });
    const { topic: name, event, payload, ref } = await socket.next("broadcast");
    expect({ topic: name, event, payload, ref }).toEqual({
      topic: `realtime:${topic}`,
      event: "broadcast",
      payload: {
        type: "broadcast",
        event: "live_event",
        payload: { n: 1, id: "mine" },
        meta: { id: expect.any(String) },
      },
      ref: null,
    });
    expect(socket.binaries).toEqual([]);
    await socket.close();
  });

  it("are text for both when a name is too long for a length of one byte", async () => {
    const long = `${"ü".repeat(150)}`;
    const client = nobodysClient({ key: runningStack().SECRET_KEY });
    const watched = await subscribed(client, long);
    await send(long, { n: 1 });
    await until(() => numbers(watched).length > 0, "the message");
    expect(numbers(watched)).toEqual([1]);
  });
});

it("delivers bytes to vsn 2.0.0, and nothing to vsn 1.0.0 that cannot carry them", async () => {
  const two = await subscribed(clientOf(host, { vsn: "2.0.0" }), topic);
  const one = await subscribed(clientOf(guest, { vsn: "1.0.0" }), topic);
  await run([
    "insert into realtime.messages (topic, extension, event, private, binary_payload) " +
    "values ($1, 'broadcast', 'bytes', true, '\\x00ff10')",
    [topic],
  ]);
  await send(topic, { n: 1 });
  await until(() => numbers(one).length > 0 && numbers(two).length > 0, "the message after it");
  const bytes = two.messages.find(({ event }) => event === "bytes")?.payload as unknown;
  expect([...new Uint8Array(bytes as ArrayBuffer)]).toEqual([0, 255, 16]);
  expect(one.messages.some(({ event }) => event === "bytes")).toBe(false);
});

it("goes on after a row that is no message", async () => {
  const watched = await subscribed(clientOf(host), topic);
  await run([
    "insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true)",
    [topic],
  ]);
  await send(topic, { n: 1 });
  await until(() => numbers(watched).length > 0, "the message");
  expect(numbers(watched)).toEqual([1]);
});

it("broadcast_changes sends the old and the new row of a trigger", async () => {
  const watched = await subscribed(clientOf(host), topic);
  await run(
    ["create temporary table lifts (id int, reps int) on commit drop"],
    [
      `create function pg_temp.tell() returns trigger language plpgsql as $$
       begin
         perform realtime.broadcast_changes('${topic}', tg_op, tg_op, tg_table_name,
           'public', new, old);
         return null;
       end $$`,
    ],
    [
      "create trigger tell after insert or update or delete on lifts " +
      "for each row execute function pg_temp.tell()",
    ],
    ["insert into lifts values (1, 5)"],
    ["update lifts set reps = 6"],
    ["delete from lifts"],
  );
  const changes = () => watched.messages.filter(({ payload }) => payload.table === "lifts");
  await until(() => changes().length === 3, "three changes");
  const five = { id: 1, reps: 5 };
  const six = { id: 1, reps: 6 };
  const common = { table: "lifts", schema: "public", id: expect.any(String) };
  expect(changes().map(({ event, payload }) => ({ event, payload }))).toEqual([
    {
      event: "INSERT",
      payload: { ...common, operation: "INSERT", record: five, old_record: null },
    },
    { event: "UPDATE", payload: { ...common, operation: "UPDATE", record: six, old_record: five } },
    { event: "DELETE", payload: { ...common, operation: "DELETE", record: null, old_record: six } },
  ]);
});

it("a session's own events arrive where people listen", async () => {
  const watched = await subscribed(clientOf(host), topic);
  const newcomer = await createPerson("Newcomer");
  await joinSession(sessionId, newcomer);
  const joined = () => watched.messages.find(({ payload }) => payload.type === "user_joined");
  await until(() => joined() !== undefined, "user_joined");
  expect(joined()).toMatchObject({
    event: "live_event",
    payload: { sessionId, type: "user_joined", userId: newcomer.id },
  });
  // Joining late: nothing of what was before.
  const late = await subscribe(clientOf(newcomer), topic);
  expect(late.messages).toEqual([]);
});

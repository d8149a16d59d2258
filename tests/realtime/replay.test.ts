import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numbers, quiet, subscribe, subscribed, until } from "./channels.ts";
import { createPerson, type Person } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { clientOf, disconnectEveryone } from "./clients.ts";
import { send, topicOf } from "./database.ts";
import { RawSocket } from "./raw_socket.ts";

let host: Person;
let topic: string;

beforeEach(async () => {
  host = await createPerson("Host");
  topic = topicOf(await openSession(host));
});
afterEach(disconnectEveryone);

const replaying = (replay: unknown, isPrivate = true) => ({
  config: { private: isPrivate, broadcast: { replay: replay as { since: number } } },
});
const hourAgo = () => Date.now() - 3_600_000;

describe.each(["1.0.0", "2.0.0"])("with vsn %s", (vsn) => {
  const client = () => clientOf(host, { vsn });

  it("delivers the newest, oldest first and marked, before what comes", async () => {
    for (let n = 1; n <= 5; n++) await send(topic, { n });
    const watched = await subscribed(client(), topic, replaying({ since: hourAgo(), limit: 3 }));
    await send(topic, { n: 6 });
    await until(() => numbers(watched).length === 4, "four messages");
    await quiet();
    expect(numbers(watched)).toEqual([3, 4, 5, 6]);
    expect(watched.messages.map(({ meta }) => meta?.replayed)).toEqual([
      true,
      true,
      true,
      undefined,
    ]);
    expect(watched.messages[0]?.meta?.id).toBe(watched.messages[0]?.payload.id);
  });
});

it("goes back no further than 25 messages, and not before the time that was asked for", async () => {
  for (let n = 1; n <= 30; n++) await send(topic, { n });
  const many = await subscribed(clientOf(host), topic, replaying({ since: hourAgo(), limit: 100 }));
  await until(() => numbers(many).length === 25, "25 messages");
  expect(numbers(many)).toEqual(Array.from({ length: 25 }, (_, index) => index + 6));
  const none = await subscribed(
    clientOf(host),
    topic,
    replaying({ since: Date.now() + 30_000 }),
  );
  await quiet();
  expect(none.messages).toEqual([]);
});

it("gives no message to who may not read the topic", async () => {
  await send(topic, { n: 1 });
  const stranger = await createPerson("Stranger");
  const watched = await subscribe(clientOf(stranger), topic, replaying({ since: hourAgo() }));
  await quiet();
  expect(watched.statuses[0]?.message).toMatch(/^Unauthorized: /);
  expect(watched.messages).toEqual([]);
});

it.each([
  ["on a public channel", { since: 0 }, false, "Replay is not allowed for public channels"],
  ["without a time", {}, true, "Replay params are not valid"],
  ["with a time that is none", { since: "yesterday" }, true, "Replay params are not valid"],
  ["with a time beyond all calendars", { since: 1e20 }, true, "Replay params are not valid"],
  ["with a limit that is none", { since: 0, limit: "all" }, true, "Replay params are not valid"],
  ["with no parameters at all", null, true, "Replay params are not valid"],
])("is refused %s", async (_what, replay, isPrivate, message) => {
  // The client does not even ask for some of these.
  const socket = await RawSocket.open();
  socket.join("1", `realtime:${topic}`, host.token, {
    private: isPrivate,
    broadcast: { ack: false, self: false, replay },
  });
  expect(await socket.replyTo("1")).toEqual({
    status: "error",
    response: { reason: `UnableToReplayMessages: ${message}` },
  });
  await socket.close();
});

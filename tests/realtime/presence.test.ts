import type { RealtimeChannel, SupabaseClient } from "@supabase/supabase-js";
import { afterEach, describe, expect, it } from "vitest";
import { quiet, until } from "./channels.ts";
import { createPeople, createPerson } from "../helpers/people.ts";
import { joinSession, leaveSession, openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { clientOf, disconnectEveryone, nobodysClient } from "./clients.ts";
import { topicOf } from "./database.ts";
import { RawSocket } from "./raw_socket.ts";

afterEach(disconnectEveryone);

interface Present {
  readonly channel: RealtimeChannel;
  readonly log: string[];
}

/** Subscribes with a presence key and writes down who comes and goes. */
async function enter(
  client: SupabaseClient,
  topic: string,
  key: string,
  isPrivate = false,
): Promise<Present> {
  await client.realtime.setAuth();
  const channel = client.channel(topic, { config: { presence: { key }, private: isPrivate } });
  const log: string[] = [];
  let answer = "";
  channel
    .on("presence", { event: "join" }, ({ key: who }) => log.push(`+${who}`))
    .on("presence", { event: "leave" }, ({ key: who }) => log.push(`-${who}`))
    .subscribe((status, error) => {
      answer ||= error?.message ?? status;
    });
  await until(() => answer !== "", "an answer to the join");
  expect(answer).toBe("SUBSCRIBED");
  return { channel, log };
}

const here = ({ channel }: Present) => Object.keys(channel.presenceState()).sort();
const payloads = ({ channel }: Present, key: string) =>
  channel.presenceState<Record<string, unknown>>()[key]?.map(({ presence_ref: _, ...payload }) =>
    payload
  );

describe.each(["1.0.0", "2.0.0"])("with vsn %s", (vsn) => {
  const client = () => nobodysClient({ vsn });

  it("shows who tracks to who is there and to who comes later, and who leaves", async () => {
    const alice = await enter(client(), "gym", "alice");
    const bob = await enter(client(), "gym", "bob");
    expect(await alice.channel.track({ status: "resting" })).toBe("ok");
    await until(() => here(bob).length === 1, "bob to see alice");
    expect(payloads(bob, "alice")).toEqual([{ status: "resting" }]);

    const carol = await enter(client(), "gym", "carol");
    await until(() => here(carol).length === 1, "carol to see alice");
    await bob.channel.track({ status: "idle" });
    await until(() => [alice, bob, carol].every((one) => here(one).length === 2), "two people");
    expect(here(alice)).toEqual(["alice", "bob"]);

    expect(await alice.channel.untrack()).toBe("ok");
    await until(() => here(carol).length === 1, "alice to be gone");
    await bob.channel.unsubscribe();
    await until(() => here(carol).length === 0, "bob to be gone");
    expect(carol.log).toEqual(["+alice", "+bob", "-alice", "-bob"]);
  });

  it("replaces a payload, and says nothing of the same one again", async () => {
    const alice = await enter(client(), "gym2", "alice");
    const bob = await enter(client(), "gym2", "bob");
    for (const reps of [5, 5, 6]) expect(await alice.channel.track({ reps })).toBe("ok");
    await until(() => payloads(bob, "alice")?.[0]?.reps === 6, "the new payload");
    await quiet(100);
    expect(payloads(bob, "alice")).toEqual([{ reps: 6 }]);
    expect(bob.log).toEqual(["+alice", "+alice", "-alice"]);
  });

  it("takes out who vanishes without goodbye", async () => {
    const alice = await RawSocket.open(vsn);
    const bob = await enter(client(), "gym3", "bob");
    alice.join("1", "realtime:gym3", null, { presence: { key: "alice", enabled: true } });
    await alice.replyTo("1");
    alice.push("1", "2", "realtime:gym3", "presence", {
      type: "presence",
      event: "track",
      payload: { n: 1 },
    });
    expect((await alice.replyTo("2")).status).toBe("ok");
    await until(() => here(bob).length === 1, "bob to see alice");
    alice.socket.terminate();
    await until(() => here(bob).length === 0, "alice to be gone");
  });
});

it("one key on two phones is two of one person", async () => {
  const phones = await Promise.all([1, 2].map(() => enter(nobodysClient(), "gym4", "alice")));
  const bob = await enter(nobodysClient(), "gym4", "bob");
  for (const [index, phone] of phones.entries()) await phone.channel.track({ phone: index });
  await until(() => payloads(bob, "alice")?.length === 2, "both phones");
  await phones[0]?.channel.untrack();
  await until(() => payloads(bob, "alice")?.length === 1, "one phone");
  expect(payloads(bob, "alice")).toEqual([{ phone: 1 }]);
});

it("answers in the platform's frames", async () => {
  const socket = await RawSocket.open();
  const topic = "realtime:gym5";
  const presence = (ref: string, payload: object) =>
    socket.push("1", ref, topic, "presence", { type: "presence", ...payload });
  socket.join("1", topic, null, { presence: { key: "__proto__", enabled: true } });
  await socket.next("presence_state");
  presence("2", { event: "TRACK", payload: { n: 1 } });
  presence("3", { event: "track", payload: { n: 2 } });
  presence("4", { event: "track", payload: [1] });
  presence("5", { event: "dance" });
  presence("6", { event: "untrack" });
  presence("7", { event: "untrack" });
  await socket.replyTo("7");

  const answers = await Promise.all(
    ["2", "3", "4", "5", "6", "7"].map((ref) => socket.replyTo(ref)),
  );
  const ok = { status: "ok", response: {} };
  expect(answers).toEqual([
    ok,
    ok,
    { status: "error", response: { reason: "Presence track payload must be a map" } },
    { status: "error", response: {} },
    ok,
    ok,
  ]);
  const diffs = socket.texts.filter((text) => text.includes("presence_diff"));
  const [first, second] = diffs.map((text) => /"phx_ref":"([^"]+)"/.exec(text)?.[1]);
  expect(diffs).toEqual([
    `[null,null,"${topic}","presence_diff",{"joins":{"__proto__":{"metas":[{"n":1,` +
    `"phx_ref":"${first}"}]}},"leaves":{}}]`,
    `[null,null,"${topic}","presence_diff",{"joins":{"__proto__":{"metas":[{"n":2,` +
    `"phx_ref":"${second}","phx_ref_prev":"${first}"}]}},"leaves":{"__proto__":{"metas":[` +
    `{"n":1,"phx_ref":"${first}"}]}}}]`,
    `[null,null,"${topic}","presence_diff",{"joins":{},"leaves":{"__proto__":{"metas":[` +
    `{"n":2,"phx_ref":"${second}","phx_ref_prev":"${first}"}]}}}]`,
  ]);
  await socket.close();
});

it("people in a session see each other on its channel, and others cannot show themselves", async () => {
  const [host, guest] = await createPeople("Host", "Guest");
  const session = await openSession(host);
  await joinSession(session.id, guest);
  const topic = topicOf(session);
  const first = await enter(clientOf(host), topic, "host", true);
  const second = await enter(clientOf(guest), topic, "guest", true);
  expect(await first.channel.track({ status: "resting" })).toBe("ok");
  expect(await second.channel.track({ status: "idle" })).toBe("ok");
  await until(() => here(first).length === 2 && here(second).length === 2, "each other");
  expect(payloads(second, "host")).toEqual([{ status: "resting" }]);

  // Who has left keeps the channel until the next token, but may not write on it any more.
  const leaver = await createPerson("Leaver");
  await joinSession(session.id, leaver);
  const third = await enter(clientOf(leaver), topic, "leaver", true);
  await leaveSession(session.id, leaver);
  expect(await third.channel.track({ status: "ghost" })).toBe("error");
  expect(here(first)).toEqual(["guest", "host"]);
});

it("is not shown to others on the private channel of the name, nor to who was refused", async () => {
  const host = await createPerson("Host");
  const topic = topicOf(await openSession(host));
  const key = runningStack().SECRET_KEY;
  const coach = await enter(nobodysClient({ key }), topic, "coach", true);
  const member = await enter(clientOf(host), topic, "host", true);
  const outside = await enter(nobodysClient(), topic, "outside");
  const refused = await RawSocket.open();
  refused.join("1", `realtime:${topic}`, null, { private: true, presence: { enabled: true } });
  expect((await refused.replyTo("1")).status).toBe("error");

  expect(await coach.channel.track({ n: 1 })).toBe("ok");
  await until(() => here(member).length === 1, "the host to see the coach");
  await quiet(200);
  expect(here(member)).toEqual(["coach"]);
  expect(here(outside)).toEqual([]);
  expect(refused.texts).toHaveLength(1);
  await refused.close();
});

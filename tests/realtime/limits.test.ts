import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { lastStatus, quiet, until, watch } from "./channels.ts";
import { type OwnStack, startOwnStack } from "./own_stack.ts";
import { type RawSocket, socketUrl } from "./raw_socket.ts";

const COUNTING_STEP_MS = 5_000;

/** Tests in the order of what they use up: the last ones leave nothing for others. */
describe("with the limits of the free plan", () => {
  let stack: OwnStack;
  let joins = 0;

  beforeAll(async () => {
    stack = await startOwnStack("--realtime-limits=free");
  });
  afterAll(() => stack.stop());
  afterEach(() => stack.disconnect());

  async function join(socket: RawSocket, topic: string, config: object = {}): Promise<string> {
    const ref = `join ${++joins}`;
    socket.join(ref, `realtime:${topic}`, null, config);
    const reply = () =>
      socket.frames.find((frame) => frame.event === "phx_reply" && frame.ref === ref)?.payload;
    await until(() => reply() !== undefined || socket.closed, "a reply, or the end");
    const { status, response } = reply() ?? { status: "closed", response: null };
    return status === "ok" ? "ok" : String((response as { reason?: string })?.reason ?? status);
  }

  /** A connection that goes no further than the answer: 426 when it would be let in. */
  const connect = () =>
    fetch(
      socketUrl(stack.endpoints.PUBLISHABLE_KEY, "2.0.0", stack.endpoints).replace(/^ws/, "http"),
    );

  const broadcast = (path: string, body: unknown) =>
    fetch(`${stack.endpoints.API_URL}/realtime/v1/api/broadcast${path}`, {
      method: "POST",
      headers: { apikey: stack.endpoints.PUBLISHABLE_KEY, "content-type": "application/json" },
      body: JSON.stringify(body),
    });

  it.each(["1.0.0", "2.0.0"])("lets a connection have 100 channels with vsn %s", async (vsn) => {
    const socket = await stack.socket(vsn);
    const topics = Array.from({ length: 101 }, (_, index) => `channel ${index}`);
    const answers = await Promise.all(topics.map((topic) => join(socket, topic)));
    expect(answers.filter((answer) => answer === "ok")).toHaveLength(100);
    expect(answers.filter((answer) => answer !== "ok")).toEqual([
      "ChannelRateLimitReached: Too many channels",
    ]);
    // One that is joined again takes the place of the first, one that is left makes room.
    expect(await join(socket, topics[0] ?? "")).toBe("ok");
    socket.push(null, "leave", `realtime:${topics[1]}`, "phx_leave", {});
    await socket.replyTo("leave");
    expect(await join(socket, "another")).toBe("ok");
    expect(socket.closed).toBe(false);
  });

  it("closes a channel at the sixth call of presence in 30 seconds", async () => {
    const socket = await stack.socket();
    await join(socket, "gym", { presence: { key: "me", enabled: true } });
    await join(socket, "elsewhere", { presence: { key: "me", enabled: true } });
    for (let n = 1; n <= 6; n++) {
      const payload = { type: "presence", event: n % 2 ? "track" : "untrack", payload: { n } };
      socket.push(null, `track ${n}`, "realtime:gym", "presence", payload);
      if (n <= 5) expect((await socket.replyTo(`track ${n}`)).status).toBe("ok");
    }
    const closing = await socket.next("phx_close");
    expect(closing.topic).toBe("realtime:gym");
    expect((await socket.next("system")).payload).toEqual({
      extension: "system",
      status: "error",
      message: "Client presence rate limit exceeded",
      channel: "gym",
    });
    const payload = { type: "presence", event: "track", payload: {} };
    socket.push(null, "other", "realtime:elsewhere", "presence", payload);
    expect((await socket.replyTo("other")).status).toBe("ok");
  });

  it("drops broadcasts that are too large, and closes for presence that is", async () => {
    const socket = await stack.socket();
    await join(socket, "gym", { broadcast: { ack: true, self: true } });
    const send = (ref: string, length: number) =>
      socket.push(null, ref, "realtime:gym", "broadcast", {
        type: "broadcast",
        event: "large",
        payload: { text: "x".repeat(length) },
      });
    send("fits", 255_000);
    expect(await socket.replyTo("fits")).toEqual({ status: "ok", response: {} });
    send("too large", 257_000);
    expect(await socket.replyTo("too large")).toEqual({
      status: "error",
      response: "payload_size_exceeded",
    });
    expect(socket.frames.filter(({ event }) => event === "broadcast")).toHaveLength(1);

    const payload = { text: "x".repeat(257_000) };
    socket.push(null, "p", "realtime:gym", "presence", {
      type: "presence",
      event: "track",
      payload,
    });
    expect((await socket.next("system")).payload.message).toBe("Track message size exceeded");
    await socket.next("phx_close");
  });

  it("answers an unmodified client's large broadcast with an error", async () => {
    const client = stack.client();
    const watched = watch(client, "gym", { config: { broadcast: { ack: true } } });
    await until(() => lastStatus(watched) === "SUBSCRIBED", "the channel");
    const send = (length: number) =>
      watched.channel.send({
        type: "broadcast",
        event: "large",
        payload: { text: "x".repeat(length) },
      });
    expect(await send(1_000)).toBe("ok");
    expect(await send(257_000)).toBe("error");
  });

  it("refuses large messages over HTTP, and sends none from the database", async () => {
    const payload = { text: "x".repeat(257_000) };
    const message = { topic: "gym", event: "large", payload };
    const batch = await broadcast("", { messages: [message] });
    expect(batch.status).toBe(422);
    expect(await batch.json()).toEqual({
      errors: { messages: [{ payload: ["Payload size exceeds tenant limit"] }] },
    });
    const single = await broadcast("/gym/events/large", payload);
    expect(single.status).toBe(422);
    expect(await single.json()).toEqual({
      errors: { payload: ["Payload size exceeds tenant limit"] },
    });

    const socket = await stack.socket("1.0.0");
    await join(socket, "gym");
    await stack.sql((sql) =>
      sql.unsafe(`
        select realtime.send(jsonb_build_object('n', 1, 'text', repeat('x', 257000)), 'e', 'gym', false);
        select realtime.send('{"n": 2}', 'e', 'gym', false);
      `)
    );
    const frame = await socket.next("broadcast");
    expect(frame.payload).toMatchObject({ payload: { n: 2 } });
  });

  it("refuses a batch that alone is more than a second's messages", async () => {
    const message = { topic: "gym", event: "e", payload: {} };
    const answer = await broadcast("", { messages: Array.from({ length: 101 }, () => message) });
    expect(answer.status).toBe(429);
    expect(await answer.json()).toEqual({
      message: "Too many messages to broadcast, please reduce the batch size",
    });
  });

  it("closes channels while there are too many messages, and answers HTTP with 429", async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => stack.socket()));
    await Promise.all(sockets.map((socket) => join(socket, "loud")));
    const [sender, last] = sockets;
    if (!sender || !last) throw new Error("no socket");
    const shout = (n: number) =>
      sender.push(null, null, "realtime:loud", "broadcast", {
        type: "broadcast",
        event: "shout",
        payload: { n },
      });
    // 20 times each: more than 100 a second, in the mean of a minute that has hardly begun or of
    // one that was quiet.
    for (let n = 0; n < 400; n++) shout(n);
    await until(
      () => last.frames.filter(({ event }) => event === "broadcast").length === 400,
      "a burst, which goes through",
    );
    await until(
      async () => (await broadcast("/quiet/events/e", {})).status === 429,
      "a refusal",
      2 * COUNTING_STEP_MS,
    );
    const refused = await broadcast("/quiet/events/e", {});
    expect(await refused.json()).toEqual({ message: "Too many requests" });
    expect(refused.headers.get("x-rate-limit")).toBe("100");

    shout(401);
    await last.next("phx_close");
    expect((await last.next("system")).payload).toEqual({
      extension: "system",
      status: "error",
      message: "Too many messages per second",
      channel: "loud",
    });
    expect(last.closed).toBe(false);
  });

  it("closes channels that use presence while everybody together uses it too much", async () => {
    const presence = { presence: { key: "", enabled: true } };
    const sockets = await Promise.all(Array.from({ length: 30 }, () => stack.socket()));
    await Promise.all(sockets.map((socket) => join(socket, "party", presence)));
    for (const [n, socket] of sockets.entries()) {
      const payload = { type: "presence", event: "track", payload: { n } };
      socket.push(null, "track", "realtime:party", "presence", payload);
    }
    const [first] = sockets;
    if (!first) throw new Error("no socket");
    const diffs = () => first.frames.filter(({ event }) => event === "presence_diff");
    await until(() => diffs().length === 30, "a burst, which goes through");
    const latecomer = await stack.socket();
    await until(
      async () => {
        await join(latecomer, `party ${joins}`, presence);
        await quiet();
        return latecomer.frames.some(({ event }) => event === "system");
      },
      "a refusal",
      2 * COUNTING_STEP_MS,
    );
    const { payload } = await latecomer.next("system");
    expect(payload.message).toBe("Too many presence messages per second");
    await latecomer.next("phx_close");
  });

  it("lets 200 connections join", async () => {
    const sockets = await Promise.all(Array.from({ length: 201 }, () => stack.socket()));
    const answers = await Promise.all(sockets.map((socket) => join(socket, "crowd")));
    const refused = answers.filter((answer) => answer !== "ok");
    expect(refused).toEqual(["ConnectionRateLimitReached: Too many connected users"]);

    const answer = await connect();
    expect(answer.status).toBe(429);
    expect(await answer.json()).toEqual({ error: "Too many connected users" });
    await expect(stack.socket()).rejects.toThrow("429");

    await sockets[answers.indexOf("ok")]?.close();
    await until(async () => (await connect()).status === 426, "room");
  });

  it("refuses joins while there are too many, and then connections", async () => {
    const socket = await stack.socket();
    const said = (text: string) => socket.texts.some((frame) => frame.includes(text));
    const refusal = '"ClientJoinRateLimitReached: Too many joins per second"';
    // The same channels again and again: a join is a join.
    for (let round = 0; !socket.closed && !said(refusal); round++) {
      socket.texts.splice(0);
      const refs = Array.from({ length: 100 }, (_, index) => `${round}/${index}`);
      for (const [index, ref] of refs.entries()) socket.join(ref, `realtime:again ${index}`, null);
      await until(() => socket.closed || said(`"${refs.at(-1)}","realtime`), "the last answer");
    }
    expect(said(refusal)).toBe(true);
    await until(() => socket.closed, "the connection to end");
    await expect(stack.socket()).rejects.toThrow("429");
    expect(await (await connect()).json()).toEqual({ error: "Too many joins per second" });
  });
});

import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDatabase } from "../stack/support/client.ts";
import { createProject, type TestProject } from "../stack/support/project.ts";
import { type RunningStack, startStack } from "../stack/support/stack.ts";
import { quiet, until } from "./channels.ts";
import { RawSocket } from "./raw_socket.ts";

// What policies could say that this project's own do not. Each is about one topic.
const policies = `
create policy only_presence on realtime.messages for select to authenticated
  using (realtime.topic() = 'only_presence' and extension = 'presence');
create policy only_broadcast on realtime.messages for select to authenticated
  using (realtime.topic() = 'only_broadcast' and extension = 'broadcast');
create policy by_grade on realtime.messages for select to authenticated
  using (realtime.topic() = 'by_grade'
    and (extension = 'presence' or auth.jwt() ->> 'grade' = 'full'));
create policy by_header on realtime.messages for select to authenticated
  using (realtime.topic() = 'by_header'
    and current_setting('request.headers')::json ->> 'x-team' = 'red');
create policy raises on realtime.messages for select to authenticated
  using (case when realtime.topic() = 'boom' then 1 / (length(realtime.topic()) - 4) = 1
    else false end);
create policy anyone_reads on realtime.messages for select to anon, authenticated
  using (realtime.topic() in ('open', 'write_raises'));
create policy anyone_writes on realtime.messages for insert to anon, authenticated
  with check (realtime.topic() = 'open' and extension = 'broadcast');
create policy write_raises on realtime.messages for insert to authenticated
  with check (case when realtime.topic() = 'write_raises'
    then 1 / (length(realtime.topic()) - 12) = 1 else false end);
`;

describe("policies on realtime.messages", () => {
  let project: TestProject;
  let stack: RunningStack;

  beforeAll(async () => {
    project = createProject();
    project.write("migrations/20260102000000_policies.sql", policies);
    stack = await startStack(project);
  });
  afterAll(async () => {
    await stack.stop();
    project.dispose();
  });

  it("that let somebody read presence alone let them in, but no broadcast through", async () => {
    const socket = await open();
    const topic = "only_presence";
    expect(await join(socket, "1", topic, await token())).toEqual(joined);
    await socket.next("presence_state");
    await send(topic);
    await quiet();
    expect(socket.binaries).toEqual([]);
    expect(await track(socket, "1", topic)).toEqual({ status: "error", response: {} });
    await socket.close();
  });

  it("that let somebody read broadcast alone let them in, without presence", async () => {
    const socket = await open();
    const topic = "only_broadcast";
    expect(await join(socket, "1", topic, await token())).toEqual(joined);
    await send(topic);
    await until(() => socket.binaries.length > 0, "the message");
    expect(socket.frames.map(({ event }) => event)).not.toContain("presence_state");
    await socket.close();
  });

  it("that take away what a new token could read close the channel", async () => {
    const socket = await open();
    expect(await join(socket, "1", "by_grade", await token({ grade: "full" }))).toEqual(joined);
    socket.push("1", "2", "realtime:by_grade", "access_token", {
      access_token: await token({ grade: "half" }),
    });
    await socket.next("phx_close");
    expect((await socket.next("system")).payload).toEqual({
      extension: "system",
      status: "error",
      message: "You no longer have permission to read from this Channel topic: by_grade",
      channel: "by_grade",
    });
    await socket.close();
  });

  it("see the headers of the connection that are its own", async () => {
    for (const [team, status] of [["red", "ok"], ["blue", "error"]] as const) {
      const socket = await open({ "x-team": team });
      expect((await join(socket, "1", "by_header", await token())).status).toBe(status);
      await socket.close();
    }
  });

  it("that raise say no, and nothing of what was raised", async () => {
    const socket = await open();
    expect(await join(socket, "1", "boom", await token())).toEqual({
      status: "error",
      response: {
        reason: "Unauthorized: You do not have permissions to read from this Channel topic: boom",
      },
    });
    expect(await join(socket, "2", "write_raises", await token())).toEqual(joined);
    expect(await track(socket, "2", "write_raises")).toEqual({ status: "error", response: {} });
    await socket.close();
  });

  it("let clients write one thing and not the other", async () => {
    const [sender, receiver] = [await open(), await open()];
    expect(await join(sender, "1", "open", null)).toEqual(joined);
    expect(await join(receiver, "1", "open", await token())).toEqual(joined);
    sender.push("1", "2", "realtime:open", "broadcast", {
      type: "broadcast",
      event: "hello",
      payload: { n: 1 },
    });
    expect((await receiver.next("broadcast")).payload).toEqual({
      type: "broadcast",
      event: "hello",
      payload: { n: 1 },
    });
    expect(await track(sender, "1", "open")).toEqual({ status: "error", response: {} });
    await Promise.all([sender.close(), receiver.close()]);
  });

  const joined = { status: "ok", response: { postgres_changes: [] } };

  function open(headers?: Record<string, string>): Promise<RawSocket> {
    return RawSocket.open("2.0.0", { endpoints: stack.endpoints, ...(headers ? { headers } : {}) });
  }

  function join(socket: RawSocket, ref: string, topic: string, accessToken: string | null) {
    socket.join(ref, `realtime:${topic}`, accessToken, {
      private: true,
      presence: { key: "", enabled: true },
    });
    return socket.replyTo(ref);
  }

  function track(socket: RawSocket, joinRef: string, topic: string) {
    socket.push(joinRef, "track", `realtime:${topic}`, "presence", {
      type: "presence",
      event: "track",
      payload: { n: 1 },
    });
    return socket.replyTo("track");
  }

  async function send(topic: string): Promise<void> {
    await withDatabase(stack.endpoints, async (sql) => {
      await sql`select realtime.send('{}', 'event', ${topic})`;
    });
  }

  function token(claims: Record<string, string> = {}): Promise<string> {
    return new SignJWT({ role: "authenticated", sub: randomUUID(), ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setExpirationTime("1 hour")
      .sign(new TextEncoder().encode(stack.endpoints.JWT_SECRET));
  }
});

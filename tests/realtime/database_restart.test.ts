import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withDatabase } from "../stack/support/client.ts";
import { createProject, type TestProject } from "../stack/support/project.ts";
import { type RunningStack, startStack } from "../stack/support/stack.ts";
import { changesOf, listen, reportsOf } from "./changes_seen.ts";
import { numbers, subscribed, until } from "./channels.ts";
import { tokenFor } from "./own_stack.ts";
import { RawSocket } from "./raw_socket.ts";

const topic = "survivors";

// On a stack of its own: the other tests would not like their database to die.
describe("while the database dies and comes back", () => {
  const clients: SupabaseClient[] = [];
  let project: TestProject;
  let stack: RunningStack;

  beforeAll(async () => {
    project = createProject();
    stack = await startStack(project);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.removeAllChannels()));
    await stack.stop();
    project.dispose();
  });

  it.each(["SIGKILL", "SIGINT"] as const)(
    "sockets stay, and messages come again after %s",
    async (signal) => {
      const before = await subscribed(newClient(), topic);
      await send(1);
      await until(() => numbers(before).includes(1), "the first message");

      process.kill(await databaseProcess(), signal);
      // What is sent before the stream is back is lost, as on the platform: so send until it is not.
      let n = 1;
      await until(
        async () => {
          await send(++n).catch(() => undefined);
          return numbers(before).some((received) => Number(received) > 1);
        },
        "a message after the restart",
        20_000,
      );

      const after = await subscribed(newClient(), topic);
      const expected = Array.from({ length: 20 }, (_, index) => 1_001 + index);
      for (const number of expected) await send(number);
      for (const watched of [before, after]) {
        const received = () => numbers(watched).filter((number) => Number(number) > 1_000);
        await until(() => received().length >= expected.length, "20 messages");
        expect(received()).toEqual(expected);
        expect(watched.statuses).toEqual([{ status: "SUBSCRIBED" }]);
      }
    },
  );

  it("changes of tables come again, and clients are told that they were interrupted", async () => {
    const run = (statement: string) =>
      withDatabase(stack.endpoints, async (sql) => void await sql.unsafe(statement));
    await run(`
      create table public.survivors (id int primary key);
      alter table public.survivors enable row level security;
      grant select on public.survivors to service_role;
      alter publication supabase_realtime add table public.survivors;
    `);
    const socket = await RawSocket.open("2.0.0", { endpoints: stack.endpoints });
    const request = { event: "*", schema: "public", table: "survivors" };
    const token = await tokenFor(stack.endpoints, { role: "service_role" });
    await listen(socket, [request], token);
    await run("insert into public.survivors values (1)");
    await until(() => changesOf(socket).length === 1, "a change");

    process.kill(await databaseProcess(), "SIGKILL");
    await until(() => reportsOf(socket).length === 2, "a word about the changes", 20_000);
    await run("insert into public.survivors values (2)");
    await until(() => changesOf(socket).length === 2, "a change after the restart");
    expect(changesOf(socket)[1]?.data.record).toEqual({ id: 2 });
    await socket.close();
  });

  function newClient(): SupabaseClient {
    const { API_URL, SECRET_KEY } = stack.endpoints;
    // The secret key joins every topic: no policy has to be there for this one.
    const client = createClient(API_URL, SECRET_KEY, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    clients.push(client);
    return client;
  }

  async function send(n: number): Promise<void> {
    await withDatabase(stack.endpoints, async (sql) => {
      await sql`select realtime.send(jsonb_build_object('n', ${n}::int), 'numbered', ${topic})`;
    });
  }

  /** The server's first process: the parent of the one that answers. */
  async function databaseProcess(): Promise<number> {
    return await withDatabase(stack.endpoints, async (sql) => {
      const [row] = await sql`select pg_backend_pid() as id`;
      const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=", "-p", String(row?.id)]);
      return Number(stdout);
    });
  }
});

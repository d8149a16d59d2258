import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signUp, withDatabase } from "./support/client.ts";
import { isAlive, processesMentioning } from "./support/processes.ts";
import { createProject, type TestProject } from "./support/project.ts";
import {
  endpointsOf,
  type RunningStack,
  startStack,
  waitForOutput,
  waitUntil,
} from "./support/stack.ts";

let project: TestProject;
let stack: RunningStack;

beforeEach(async () => {
  project = createProject();
  stack = await startStack(project);
});
afterEach(async () => {
  stack.command.process.kill("SIGTERM");
  await stack.command.finished;
  await waitUntil(() => processesMentioning(project.root).length === 0, "the end of everything");
  expect(stack.command.output()).not.toContain("nothing handled");
  project.dispose();
});

const postmaster = (): number => {
  const found = processesMentioning(`-D ${project.dataDir}`);
  expect(found).toHaveLength(1);
  return found[0]!.pid;
};

/** Writes notes until told to stop; knows which were acknowledged. */
function keepWriting(client: Awaited<ReturnType<typeof signUp>>["client"]) {
  const acknowledged: string[] = [];
  const statuses: number[] = [];
  let going = true;
  const work = (async () => {
    for (let number = 0; going; number++) {
      const { error, status } = await client.from("notes").insert({ text: `note ${number}` });
      statuses.push(status);
      if (!error) acknowledged.push(`note ${number}`);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    acknowledged,
    statuses,
    async stop() {
      going = false;
      await work;
    },
  };
}

async function storedNotes(): Promise<string[]> {
  return await withDatabase(
    stack.endpoints,
    async (sql) =>
      (await sql<{ text: string }[]>`select text from public.notes order by id`).map(({ text }) =>
        text
      ),
  );
}

describe("Ctrl-C", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "(%s) ends everything with exit code 0",
    async (signal) => {
      expect(processesMentioning(project.root).length).toBeGreaterThan(2);
      stack.command.process.kill(signal);
      expect(await stack.command.finished).toMatchObject({ code: 0, signal: null });
      expect(processesMentioning(project.root)).toEqual([]);
    },
  );

  it("before the stack is up leaves nothing running either", async () => {
    await stack.stop();
    const { startStackCommand } = await import("../setup/command.ts");
    for (const delay of [150, 400, 700]) {
      const command = startStackCommand([
        "start",
        "--port=0",
        "--db-port=0",
        "--reset",
        `--project-dir=${project.root}`,
        `--data-dir=${project.dataDir}`,
      ]);
      await waitForOutput(command, "Starting");
      await new Promise((resolve) => setTimeout(resolve, delay));
      command.process.kill("SIGINT");
      expect((await command.finished).code).toBe(0);
      expect(processesMentioning(project.root)).toEqual([]);
    }
    stack = await startStack(project);
  });
});

describe("kill -9 of the stack", () => {
  it("loses nothing: the next start finds everything acknowledged", async () => {
    const { client } = await signUp(stack.endpoints);
    const writing = keepWriting(client);
    await waitUntil(() => writing.acknowledged.length > 20, "some notes");
    const orphan = postmaster();
    stack.command.process.kill("SIGKILL");
    await stack.command.finished;
    await writing.stop();
    expect(isAlive(orphan)).toBe(true);
    await waitUntil(
      () => processesMentioning(`${project.root}/supabase/functions`).length === 0,
      "the end of the functions' processes",
    );

    stack = await startStack(project);
    expect(isAlive(orphan)).toBe(false);
    expect(stack.command.output()).toContain("The last run did not end properly");
    expect(await storedNotes()).toEqual(expect.arrayContaining(writing.acknowledged));
    expect((await fetch(`${stack.endpoints.FUNCTIONS_URL}/echo`)).status).toBe(200);
  });

  it("leaves no function behind, not even one in an endless loop", async () => {
    await stack.stop();
    project.write("functions/busy/index.ts", "export default { fetch: () => { for (;;); } };\n");
    project.write(
      "config.toml",
      'project_id = "test"\n[functions.busy]\nverify_jwt = false\n[functions.echo]\nverify_jwt = false\n',
    );
    stack = await startStack(project);
    fetch(`${stack.endpoints.FUNCTIONS_URL}/busy`).catch(() => {});
    const busy = () => processesMentioning(`${project.root}/supabase/functions/busy`);
    expect(busy()).toHaveLength(1);
    const pid = busy()[0]!.pid;
    await new Promise((resolve) => setTimeout(resolve, 300));
    stack.command.process.kill("SIGKILL");
    await stack.command.finished;
    project.remove("functions/busy");
    stack = await startStack(project);
    expect(isAlive(pid)).toBe(false);
    expect(busy()).toEqual([]);
  });

  it("during the first start leaves nothing half made", async () => {
    await stack.stop();
    const { startStackCommand } = await import("../setup/command.ts");
    const args = [
      "start",
      "--port=0",
      "--db-port=0",
      `--project-dir=${project.root}`,
      `--data-dir=${project.dataDir}`,
    ];
    for (const delay of [100, 300, 500, 700, 900]) {
      const command = startStackCommand([...args, ...(delay === 100 ? ["--reset"] : [])]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      command.process.kill("SIGKILL");
      await command.finished;
    }
    stack = await startStack(project);
    const { client } = await signUp(stack.endpoints);
    expect((await client.from("notes").insert({ text: "works" })).error).toBeNull();
  });

  it("of stack and PostgreSQL together is recovered from as well", async () => {
    const { client } = await signUp(stack.endpoints);
    const writing = keepWriting(client);
    await waitUntil(() => writing.acknowledged.length > 20, "some notes");
    const server = postmaster();
    stack.command.process.kill("SIGKILL");
    process.kill(server, "SIGKILL");
    await stack.command.finished;
    await writing.stop();
    stack = await startStack(project);
    expect(await storedNotes()).toEqual(expect.arrayContaining(writing.acknowledged));
  });
});

describe("kill -9 of PostgreSQL under the running stack", () => {
  it("keeps what was acknowledged, says 503 meanwhile, and is back within seconds", async () => {
    const { client } = await signUp(stack.endpoints);
    const writing = keepWriting(client);
    for (let round = 1; round <= 3; round++) {
      const before = writing.acknowledged.length;
      await waitUntil(() => writing.acknowledged.length > before + 20, "notes");
      const killed = performance.now();
      const server = postmaster();
      process.kill(server, "SIGKILL");
      await waitUntil(() => !isAlive(server), "the end of PostgreSQL");
      const during = writing.acknowledged.length;
      await waitUntil(() => writing.acknowledged.length > during + 5, "notes after the crash");
      expect(performance.now() - killed).toBeLessThan(8_000);
    }
    await writing.stop();
    expect(stack.command.output()).toContain("PostgreSQL died (SIGKILL)");
    expect(stack.command.output()).toContain("PostgreSQL is back");
    const stored = await storedNotes();
    expect(stored).toEqual(expect.arrayContaining(writing.acknowledged));
    expect(new Set(writing.statuses.filter((status) => status !== 201))).toEqual(new Set([503]));
    // Everything behind the gateway has reconnected.
    await signUp(stack.endpoints);
    expect(await endpointsOf(project)).toEqual(stack.endpoints);
  });

  it("one of its processes: the server recovers by itself and so does the API", async () => {
    const { client } = await signUp(stack.endpoints);
    const writing = keepWriting(client);
    await waitUntil(() => writing.acknowledged.length > 20, "notes");
    const [backend] = await withDatabase(stack.endpoints, (sql) =>
      sql<{ pid: number }[]>`
        select pid from pg_stat_activity where usename = 'stack_rest' order by query_start desc`);
    process.kill(backend!.pid, "SIGKILL");
    const during = writing.acknowledged.length;
    await waitUntil(() => writing.acknowledged.length > during + 20, "notes after the crash");
    await writing.stop();
    expect(await storedNotes()).toEqual(expect.arrayContaining(writing.acknowledged));
  });
});

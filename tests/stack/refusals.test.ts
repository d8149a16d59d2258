import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Finished } from "../setup/command.ts";
import { withDatabase } from "./support/client.ts";
import { processesMentioning } from "./support/processes.ts";
import { createProject, type TestProject } from "./support/project.ts";
import {
  endpointsOf,
  runStackCommand,
  startStack,
  waitForOutput,
  waitUntil,
} from "./support/stack.ts";

describe("npm start with something that cannot work", () => {
  let project: TestProject;

  beforeEach(() => {
    project = createProject();
  });
  afterEach(() => {
    // Whatever was wrong, nothing may be left over.
    expect(processesMentioning(project.root)).toEqual([]);
    project.dispose();
  });

  const start = (...args: string[]): Promise<Finished> =>
    runStackCommand(project, "start", "--port=0", "--db-port=0", ...args);

  async function expectRefusal(run: Promise<Finished>, ...texts: string[]): Promise<void> {
    const { code, output } = await run;
    expect(code, output).toBe(1);
    for (const text of texts) expect(output).toContain(text);
    expect(output.match(/✗/g), output).toHaveLength(1);
    expect(output).not.toMatch(/^\s+at .*scripts\/stack/m);
  }

  async function whilePortIsTaken(work: (port: number) => Promise<void>): Promise<void> {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    try {
      if (address === null || typeof address === "string") throw new Error("no port");
      await work(address.port);
    } finally {
      other.close();
    }
  }

  it("says that the gateway's port is taken", () =>
    whilePortIsTaken((port) =>
      expectRefusal(
        start(`--port=${port}`),
        `Port ${port} is taken by another program. Pass another with --port`,
      )
    ));

  it("says that the database's port is taken", () =>
    whilePortIsTaken((port) =>
      expectRefusal(
        start(`--db-port=${port}`),
        `Port ${port} is taken by another program. Pass another for the database with --db-port`,
      )
    ));

  it("takes a database port that was taken only for a moment", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const address = other.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    // Held until the start is past what comes before: then it has found the port taken.
    const { startStackCommand } = await import("../setup/command.ts");
    const command = startStackCommand([
      "start",
      "--port=0",
      `--db-port=${address.port}`,
      "--no-functions",
      `--project-dir=${project.root}`,
      `--data-dir=${project.dataDir}`,
    ]);
    const secrets = join(project.dataDir, "secrets.json");
    await waitUntil(() => existsSync(secrets), "the step before the port");
    other.close();
    await waitForOutput(command, "Ready in");
    expect((await endpointsOf(project)).DB_URL).toContain(`:${address.port}/`);
    command.process.kill("SIGTERM");
    await command.finished;
  });

  it("reads ports from the environment", () =>
    whilePortIsTaken(async (port) => {
      const { startStackCommand } = await import("../setup/command.ts");
      const command = startStackCommand(["start", `--project-dir=${project.root}`], {
        environment: {
          STACK_PORT: String(port),
          STACK_DB_PORT: "0",
          STACK_DATA_DIR: project.dataDir,
        },
      });
      await expectRefusal(command.finished, `Port ${port} is taken`);
    }));

  it("names file, line and message of a broken migration, and applies nothing of it", async () => {
    project.write(
      "migrations/20260102000000_broken.sql",
      "create table public.half (id int);\n\n-- a comment; with a semicolon\nselect one,\n  nothing\nfrom public.half;\n",
    );
    await expectRefusal(
      start(),
      'supabase/migrations/20260102000000_broken.sql:4: column "one" does not exist',
      "SQLSTATE 42703",
    );
    project.remove("migrations/20260102000000_broken.sql");
    const stack = await startStack(project);
    await withDatabase(stack.endpoints, async (sql) => {
      const [row] = await sql`select to_regclass('public.half') as half`;
      expect(row).toEqual({ half: null });
      expect(await sql`select version from supabase_migrations.schema_migrations`).toEqual([
        { version: "20260101000000" },
      ]);
    });
    await stack.stop();
  });

  it("finds the statement of an error that has no position of its own", async () => {
    project.write(
      "migrations/20260102000000_broken.sql",
      "create table public.half (id int primary key);\ninsert into public.half values (1);\n\ninsert into public.half\nvalues (1);\n",
    );
    await expectRefusal(
      start(),
      "20260102000000_broken.sql:4: duplicate key value violates unique constraint",
      "detail: Key (id)=(1) already exists.",
    );
  });

  it("refuses a migration that needs a superuser, as the platform does", async () => {
    project.write("migrations/20260102000000_super.sql", "\ncreate role boss superuser;");
    await expectRefusal(
      start(),
      "20260102000000_super.sql:2: permission denied to create role",
    );
    project.write(
      "migrations/20260102000000_super.sql",
      "alter table auth.users add column x int;",
    );
    await expectRefusal(start(), "20260102000000_super.sql:1: must be owner of table users");
    project.write(
      "migrations/20260102000000_super.sql",
      "alter table realtime.messages add column x int;",
    );
    await expectRefusal(start(), "20260102000000_super.sql:1: must be owner of table");
  });

  it("refuses a migration that ends its own transaction", async () => {
    project.write("migrations/20260102000000_commit.sql", "select 1;\ncommit;\nselect 2;");
    await expectRefusal(start(), '20260102000000_commit.sql:2: "commit"');
  });

  it("refuses migrations of one version, and names that are none", async () => {
    project.write("migrations/20260101000000_again.sql", "select 1;");
    await expectRefusal(start(), "20260101000000_notes.sql has the version of");
    project.remove("migrations/20260101000000_again.sql");
    project.write("migrations/more.sql", "select 1;");
    await expectRefusal(start(), "migrations/more.sql: a migration is named");
  });

  it("refuses a migration that comes before those already applied", async () => {
    await (await startStack(project)).stop();
    project.write("migrations/20250101000000_early.sql", "select 1;");
    await expectRefusal(start(), "come before 20260101000000", "20250101000000_early.sql");
  });

  it("names the line of a broken seed and keeps nothing of it", async () => {
    project.write("seed.sql", "create table public.seeded ();\nselect 1 / 0;");
    await expectRefusal(start(), "supabase/seed.sql:2: division by zero");
  });

  it("names the line of a config.toml that is not TOML", async () => {
    project.write("config.toml", 'project_id = "test"\n[api]\nport = = 3\n');
    await expectRefusal(start(), "supabase/config.toml:3:");
  });

  it("names the line and the member of a config.toml that does not fit", async () => {
    project.write("config.toml", 'project_id = "test"\n[db]\nport = 54322\nmajor_version = 15\n');
    await expectRefusal(
      start(),
      "supabase/config.toml:4: db.major_version: The embedded stack has PostgreSQL 17 only.",
    );
    project.write("config.toml", 'project_id = "test"\n[api]\nport = "high"\n');
    await expectRefusal(start(), "supabase/config.toml:3: api.port: ");
    project.remove("config.toml");
    await expectRefusal(start(), "There is no ");
  });

  it("shows Deno's message for functions that do not load", async () => {
    project.write("functions/typo/index.ts", "export default { fetch: () => new Response('x' }\n");
    await expectRefusal(start(), "The function typo does not load", "functions/typo/index.ts:1:");
    project.write("functions/typo/index.ts", 'import x from "not-installed";\nexport default x;\n');
    await expectRefusal(start(), "The function typo does not load", "not-installed");
    project.write("functions/typo/index.ts", "export const fetch = 1;\n");
    await expectRefusal(start(), "must have a default export with a method fetch");
  });

  it("refuses options that it does not know", async () => {
    await expectRefusal(start("--prot=1"), 'Unknown option "--prot=1"', "Usage:");
    await expectRefusal(start("--port=99999"), "--port must be a port number from 0 to 65535");
    await expectRefusal(
      start("--realtime-limits=huge"),
      '--realtime-limits must be free, pro or team, not "huge"',
    );
  });
});

import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject, type TestProject } from "./support/project.ts";
import { password, signUp, withDatabase } from "./support/client.ts";
import { processesMentioning } from "./support/processes.ts";
import { type RunningStack, runStackCommand, startStack } from "./support/stack.ts";

const seed = `insert into auth.users (instance_id, id, aud, role, email, encrypted_password,
  email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
  confirmation_token, recovery_token, email_change, email_change_token_new)
select '00000000-0000-0000-0000-000000000000', id::uuid, 'authenticated', 'authenticated', email,
  extensions.crypt(secret, extensions.gen_salt('bf', 4)), now(),
  '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', name),
  now(), now(), '', '', '', ''
from (values
  ('10000000-0000-4000-8000-000000000001', 'ann@example.com', 'Ann', 'train-together'),
  ('10000000-0000-4000-8000-000000000002', 'ben@example.com', 'Ben', 'something else')
) as person (id, email, name, secret);
insert into auth.identities (user_id, provider, provider_id, identity_data, created_at, updated_at)
select id, 'email', id::text, jsonb_build_object('sub', id, 'email', email), now(), now()
from auth.users;
`;

describe("npm start", () => {
  let project: TestProject;
  let stack: RunningStack;

  beforeAll(async () => {
    project = createProject();
    project.write("seed.sql", seed);
    stack = await startStack(project);
  });
  afterAll(async () => {
    await stack.stop();
    project.dispose();
  });

  it("says each step as it is done, and at the end where everything is", () => {
    const output = stack.command.output();
    expect(output).toMatch(/PostgreSQL 17 created and started +\d+ ms/);
    expect(output).toMatch(/Migrations: 1 of 1 applied +\d+ ms/);
    expect(output).toMatch(/Seed: supabase\/seed.sql +\d+ ms/);
    expect(output).toMatch(/Edge functions: echo +\d+ ms/);
    for (const text of Object.values(stack.endpoints)) expect(output).toContain(text);
    expect(output).toMatch(/Ready in \d+\.\d s/);
  });

  it("lists the seeded people whose password is still the seed's, and nobody else", () => {
    const output = stack.command.output();
    expect(output).toMatch(/Ann +ann@example\.com +train-together/);
    expect(output).not.toContain("ben@example.com");
  });

  it("shows a person the same with status", async () => {
    const { code, output } = await runStackCommand(project, "status");
    expect(code).toBe(0);
    expect(output).toContain(stack.endpoints.API_URL);
    expect(output).toContain("ann@example.com");
  });

  it("answers at / with where things are, as JSON and as a page", async () => {
    const json = await (await fetch(stack.endpoints.API_URL)).json();
    expect(json).toMatchObject({
      rest: `${stack.endpoints.API_URL}/rest/v1`,
      functions: [`${stack.endpoints.FUNCTIONS_URL}/echo`],
    });
    const page = await fetch(stack.endpoints.API_URL, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await page.text()).not.toContain(stack.endpoints.SECRET_KEY);
  });

  it("refuses a second start and says where the first one runs", async () => {
    const { code, output } = await runStackCommand(project, "start", "--port=0", "--db-port=0");
    expect(code).toBe(1);
    expect(output).toContain(`running already at ${stack.endpoints.API_URL}`);
    expect((await fetch(stack.endpoints.API_URL)).status).toBe(200);
  });

  it("keeps data over a restart, applies new migrations, and the seed only once", async () => {
    const { client, email } = await signUp(stack.endpoints);
    expect((await client.from("notes").insert({ text: "kept" })).error).toBeNull();

    expect((await stack.stop()).code).toBe(0);
    project.write(
      "migrations/20260102000000_add_pinned.sql",
      "alter table public.notes add column pinned boolean not null default false;",
    );
    project.write("seed.sql", `${seed}\n-- changed`);
    stack = await startStack(project);

    const output = stack.command.output();
    expect(output).toContain("PostgreSQL 17 started");
    expect(output).toContain("Migrations: 1 of 2 applied");
    expect(output).toContain("Seed: applied already");
    expect(output).toContain("supabase/seed.sql has changed since it was applied");
    await withDatabase(stack.endpoints, async (sql) => {
      expect(await sql`select text, pinned from public.notes`).toEqual([
        { text: "kept", pinned: false },
      ]);
      expect(
        await sql`
        select version, name, cardinality(statements) as statements
        from supabase_migrations.schema_migrations order by version
      `,
      ).toEqual([
        { version: "20260101000000", name: "notes", statements: 8 },
        { version: "20260102000000", name: "add_pinned", statements: 1 },
      ]);
      expect(await sql`select path from supabase_migrations.seed_files`).toEqual([
        { path: "supabase/seed.sql" },
      ]);
    });
    const again = createClient(stack.endpoints.API_URL, stack.endpoints.PUBLISHABLE_KEY);
    expect((await again.auth.signInWithPassword({ email, password })).error).toBeNull();
    expect((await again.from("notes").select("text")).data).toEqual([{ text: "kept" }]);
  });

  it("warns of migrations that changed or vanished after they were applied", async () => {
    await stack.stop();
    project.write("migrations/20260102000000_add_pinned.sql", "select 'something else';");
    stack = await startStack(project);
    expect(stack.command.output()).toContain(
      "20260102000000_add_pinned.sql has changed since it was applied",
    );
    await stack.stop();
    project.remove("migrations/20260102000000_add_pinned.sql");
    stack = await startStack(project);
    expect(stack.command.output()).toContain("Migration 20260102000000 is applied but has no file");
  });

  it("begins afresh with --reset, and leaves the seed out with --no-seed", async () => {
    await stack.stop();
    stack = await startStack(project, ["--reset", "--no-seed"]);
    await withDatabase(stack.endpoints, async (sql) => {
      expect(await sql`select count(*)::int as count from auth.users`).toEqual([{ count: 0 }]);
      expect(await sql`select count(*)::int as count from public.notes`).toEqual([{ count: 0 }]);
    });
  });

  it("leaves functions out with --no-functions, whether they would load or not", async () => {
    await stack.stop();
    project.write("functions/broken/index.ts", "throw new Error('It does not load.');");
    stack = await startStack(project, ["--no-functions"]);
    expect(stack.command.output()).toMatch(/Edge functions: none/);
    expect((await fetch(`${stack.endpoints.FUNCTIONS_URL}/echo`)).status).toBe(404);
    project.remove("functions/broken/index.ts");
  });

  it("stops with npm run stop, and status then says that nothing runs", async () => {
    const stopped = await runStackCommand(project, "stop");
    expect(stopped).toMatchObject({ code: 0 });
    expect((await stack.command.finished).code).toBe(0);
    expect(processesMentioning(project.root)).toEqual([]);
    const status = await runStackCommand(project, "status", "-o", "json");
    expect(status.code).toBe(1);
    expect(status.output).toContain("The stack is not running");
    stack = await startStack(project, ["--no-seed"]);
  });
});

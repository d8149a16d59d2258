import { createClient } from "@supabase/supabase-js";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { password, signUp, withDatabase } from "./support/client.ts";
import { createProject, type TestProject } from "./support/project.ts";
import { type RunningStack, startStack } from "./support/stack.ts";

let project: TestProject;
let stack: RunningStack;

beforeAll(async () => {
  project = createProject();
  stack = await startStack(project);
});
afterAll(async () => {
  await stack.stop();
  project.dispose();
});

const rest = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${stack.endpoints.API_URL}/rest/v1/${path}`, {
    headers: { apikey: stack.endpoints.PUBLISHABLE_KEY, ...headers },
  });

describe("the role postgres", () => {
  const run = (statement: string) =>
    withDatabase(stack.endpoints, async (sql) => {
      let outcome = "done";
      await sql.begin(async (transaction) => {
        await transaction.unsafe(statement).catch((error) => outcome = error.code);
        throw new Error("undo");
      }).catch(() => {});
      return outcome;
    });

  it("has the platform's attributes and is no superuser", () =>
    withDatabase(stack.endpoints, async (sql) => {
      expect(
        await sql`
        select rolsuper, rolcreatedb, rolcreaterole, rolcanlogin, rolreplication, rolbypassrls
        from pg_roles where rolname = 'postgres'
      `,
      ).toEqual([{
        rolsuper: false,
        rolcreatedb: true,
        rolcreaterole: true,
        rolcanlogin: true,
        rolreplication: true,
        rolbypassrls: true,
      }]);
      expect(await sql`show search_path`).toEqual([
        { search_path: '"$user", public, extensions' },
      ]);
    }));

  it.each([
    ["create extension pgtap with schema extensions"],
    ["create extension moddatetime with schema extensions"],
    ["create extension pg_trgm with schema extensions"],
    ["set role authenticated"],
    ["set role service_role"],
    ["create trigger t after insert on auth.users execute function suppress_redundant_updates_trigger()"],
    ["create table public.mine (id uuid references auth.users (id))"],
    ["select * from auth.users"],
    ["update auth.users set raw_user_meta_data = '{}'"],
    ["create policy p on realtime.messages for select to authenticated using (true)"],
    ["select realtime.send('{}', 'event', 'topic')"],
    ["alter publication supabase_realtime add table public.notes"],
    ["select extensions.crypt('a', extensions.gen_salt('bf'))"],
    ["create role someone"],
  ])("may: %s", async (statement) => {
    expect(await run(statement)).toBe("done");
  });

  it.each([
    ["set role supabase_admin"],
    ["set role supabase_auth_admin"],
    ["alter role supabase_admin with password 'x'"],
    ["alter table auth.users add column x int"],
    ["create table auth.mine ()"],
    ["create function auth.mine() returns int language sql as 'select 1'"],
    ["create table realtime.mine ()"],
    ["alter table realtime.messages disable row level security"],
    ["drop table realtime.messages cascade"],
    ["drop function realtime.topic()"],
    ["set log_statement = 'all'"],
    ["create role another superuser"],
    ["create extension file_fdw"],
    ["create event trigger e on ddl_command_end execute function extensions.pgrst_ddl_watch()"],
    ["select pg_read_file('PG_VERSION')"],
    ["copy public.notes to program 'true'"],
  ])("may not: %s", async (statement) => {
    expect(await run(statement)).toBe("42501");
  });
});

describe("REST", () => {
  it("asks for an API key", async () => {
    const url = `${stack.endpoints.API_URL}/rest/v1/notes`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { apikey: "sb_publishable_wrong" } })).status).toBe(401);
  });

  it("serves the signed-in what they are granted, and anon nothing", async () => {
    const { client } = await signUp(stack.endpoints);
    expect((await client.from("notes").insert({ text: "mine" })).error).toBeNull();
    expect((await client.from("notes").select("text")).data).toEqual([{ text: "mine" }]);
    const { client: other } = await signUp(stack.endpoints);
    expect((await other.from("notes").select("text")).data).toEqual([]);
    expect((await client.from("secrets").select()).error?.code).toBe("42501");
    const anonymous = await rest("notes");
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toMatchObject({ code: "42501" });
  });

  it("refuses a token that is garbage, expired or signed by someone else", async () => {
    const { token } = await signUp(stack.endpoints);
    const parts = token.split(".");
    for (const bad of ["garbage", "a.b.c", `${parts[0]}.${parts[1]}.${"A".repeat(43)}`]) {
      const answer = await rest("notes", { authorization: `Bearer ${bad}` });
      expect(answer.status, bad).toBe(401);
      expect(await answer.json()).toMatchObject({ code: "PGRST301" });
    }
  });

  it("grants nothing that the migrations did not", () =>
    withDatabase(stack.endpoints, async (sql) => {
      const grants = () =>
        sql`
          select relation.oid::regclass::text as relation, relation.relacl::text as acl,
            (select string_agg(attname || attacl::text, ' ' order by attnum)
             from pg_attribute where attrelid = relation.oid) as columns
          from pg_class as relation
          where relation.relnamespace in ('public'::regnamespace, 'auth'::regnamespace,
            'realtime'::regnamespace)
          order by 1
        `;
      const before = [...await grants()];
      const { client } = await signUp(stack.endpoints);
      await client.from("notes").select("text");
      await client.from("secrets").select();
      await client.rpc("nothing");
      await rest("notes");
      await createClient(stack.endpoints.API_URL, stack.endpoints.SECRET_KEY)
        .from("notes").select("text");
      expect([...await grants()]).toEqual(before);
      expect(
        await sql`
        select has_table_privilege(role, table_name, privilege) as allowed
        from unnest(array['anon', 'authenticated', 'service_role']) as role,
          unnest(array['public.secrets', 'auth.users']) as table_name,
          unnest(array['select', 'insert', 'update', 'delete']) as privilege
        group by 1
      `,
      ).toEqual([{ allowed: false }]);
      expect(
        await sql`select count(*)::int as count from pg_default_acl
        where defaclacl::text ~ '(anon|authenticated)'`,
      ).toEqual([{ count: 0 }]);
    }));

  it("sees a table that is made while it runs, and lets go of one that is dropped", async () => {
    await withDatabase(
      stack.endpoints,
      (sql) =>
        sql.unsafe("create table public.later (id int); grant select on public.later to anon;"),
    );
    await expect.poll(async () => (await rest("later")).status).toBe(200);
    await withDatabase(stack.endpoints, (sql) => sql`drop table public.later`);
    await expect.poll(async () => (await rest("later")).status).toBe(404);
  });

  it("hands JSON arguments to functions as what they are", async () => {
    await withDatabase(stack.endpoints, (sql) =>
      sql.unsafe(`
        create function public.same(value jsonb, name text) returns jsonb
        language sql as $$ select jsonb_build_object('value', value, 'name', name) $$;
        grant execute on function public.same to anon;
      `));
    const call = async (value: unknown, name: string) => {
      const answer = await fetch(`${stack.endpoints.API_URL}/rest/v1/rpc/same`, {
        method: "POST",
        headers: { apikey: stack.endpoints.PUBLISHABLE_KEY, "content-type": "application/json" },
        body: JSON.stringify({ value, name }),
      });
      return await answer.json();
    };
    await expect.poll(() => call({ a: [1] }, "x")).toEqual({ value: { a: [1] }, name: "x" });
    for (const value of [[{ a: 1 }, "b"], [], {}, "text", "12", '{"a": 1}', 5, true, null]) {
      expect(await call(value, '{"a": 1}')).toEqual({ value, name: '{"a": 1}' });
    }
  });

  it("ends a statement after 8 seconds", async () => {
    await withDatabase(stack.endpoints, (sql) =>
      sql.unsafe(`
        create function public.sleepy() returns void
        language sql as $$ select pg_sleep(20) $$;
        grant execute on function public.sleepy to anon;
      `));
    const call = () =>
      fetch(`${stack.endpoints.API_URL}/rest/v1/rpc/sleepy`, {
        method: "POST",
        headers: { apikey: stack.endpoints.PUBLISHABLE_KEY },
      });
    let answer = await call();
    // Until REST has heard of the new function.
    while (answer.status === 404) answer = await call();
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining("statement timeout"),
    });
  });

  it("refuses to change a whole table at once", async () => {
    const admin = createClient(stack.endpoints.API_URL, stack.endpoints.SECRET_KEY);
    expect((await admin.from("notes").delete()).error).not.toBeNull();
  });
});

describe("Auth", () => {
  it("signs up without a confirmation, with a token as the platform's", async () => {
    const { client, token, email } = await signUp(stack.endpoints);
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: "HS256", kid: expect.any(String) });
    expect(decodeJwt(token)).toMatchObject({
      sub: expect.any(String),
      role: "authenticated",
      aud: "authenticated",
      email,
      session_id: expect.any(String),
    });
    expect((await client.auth.getUser()).data.user?.email).toBe(email);
    const { data } = await client.auth.refreshSession();
    expect(decodeProtectedHeader(data.session!.access_token).kid).toEqual(expect.any(String));
    expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull();
    expect((await client.auth.signOut()).error).toBeNull();
  });

  it("refuses a wrong password and a short one", async () => {
    const { client, email } = await signUp(stack.endpoints);
    const wrong = await client.auth.signInWithPassword({ email, password: "wrong password" });
    expect(wrong.error?.code).toBe("invalid_credentials");
    const short = await client.auth.signUp({ email: "short@example.com", password: "short" });
    expect(short.error?.code).toBe("weak_password");
  });
});

describe("the gateway", () => {
  it("answers unknown paths with a clear 404", async () => {
    for (const path of ["/nowhere", "/rest/v2/notes", "/storage/v1/object", "/_system/info"]) {
      const answer = await fetch(stack.endpoints.API_URL + path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({
        code: "not_found",
        message: expect.stringContaining(path),
      });
    }
    const unknown = await fetch(`${stack.endpoints.FUNCTIONS_URL}/nope/x`);
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toEqual({
      code: "NOT_FOUND",
      message: "Requested function was not found",
    });
  });

  it.each(["/rest/v1/notes", "/auth/v1/token", "/realtime/v1/api/broadcast"])(
    "lets browsers of any origin call %s",
    async (path) => {
      const answer = await fetch(stack.endpoints.API_URL + path, {
        method: "OPTIONS",
        headers: {
          origin: "https://app.example.com",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,apikey,x-anything",
        },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
      expect(answer.headers.get("access-control-allow-headers")).toContain("x-anything");
    },
  );

  it("lets scripts of any origin read answers, refusals too", async () => {
    for (const path of ["/rest/v1/notes", "/auth/v1/user", "/functions/v1/nope"]) {
      const answer = await fetch(stack.endpoints.API_URL + path);
      expect(answer.headers.get("access-control-allow-origin"), path).toBe("*");
    }
  });

  it("listens on the loopback interface only", () =>
    withDatabase(stack.endpoints, async (sql) => {
      expect(await sql`show listen_addresses`).toEqual([{ listen_addresses: "127.0.0.1" }]);
      expect(await sql`show unix_socket_directories`).toEqual([{ unix_socket_directories: "" }]);
    }));
});

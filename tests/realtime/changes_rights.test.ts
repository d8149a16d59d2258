import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { quiet, until } from "./channels.ts";
import { changesOf, hear, listen, reportsOf } from "./changes_seen.ts";
import { burnLetters, letters, listener, seenBy, startStackWithLetters } from "./letters.ts";
import { type OwnStack, tokenFor } from "./own_stack.ts";

let stack: OwnStack;

beforeAll(async () => {
  stack = await startStackWithLetters();
});
afterAll(() => stack.stop());
beforeEach(() => burnLetters(stack));
afterEach(() => stack.disconnect());

const run = (statements: string) => stack.sql((sql) => sql.unsafe(statements));

it("shows everybody the rows that row level security shows them, and no others", async () => {
  const anna = await listener(stack, { sub: "anna" });
  const ben = await listener(stack, { sub: "ben" });
  const nobody = await listener(stack, {});
  await run(`
    insert into public.letters values (1, 'anna', false, 'a', 's'), (2, 'ben', false, 'b', 's'),
      (3, 'ben', true, 'c', 's')
  `);
  await run("update public.letters set body = 'x' where id = 1");
  expect(await seenBy(stack, anna, ben, nobody)).toEqual([
    ["INSERT 1", "INSERT 3", "UPDATE 1"],
    ["INSERT 2", "INSERT 3"],
    ["INSERT 3"],
  ]);
});

it("shows an unmodified client no more", async () => {
  const token = await tokenFor(stack.endpoints, { sub: "anna" });
  const heard = await hear(stack.client({ token }), letters);
  await run("insert into public.letters values (1, 'ben', false, 'b', 's')");
  await run("insert into public.letters values (2, 'anna', false, 'a', 's')");
  await until(() => heard.length > 0, "a change");
  expect(heard.map((change) => change.new)).toEqual([
    { id: 2, owner: "anna", is_public: false, body: "a" },
  ]);
});

it("asks about the row as it is now: what was taken back is not shown any more", async () => {
  const anna = await listener(stack, { sub: "anna" });
  await run(`
    begin;
    insert into public.letters values (1, 'anna', false, 'a', 's');
    update public.letters set owner = 'ben';
    commit;
    insert into public.letters values (2, 'anna', false, 'a', 's');
    update public.letters set owner = 'ben' where id = 2;
  `);
  await run("update public.letters set body = 'y'");
  const [seen] = await seenBy(stack, anna);
  // The second row was anna's for a moment.
  expect(seen?.filter((change) => change !== "INSERT 2")).toEqual([]);
});

it("leaves out columns that the role may not select, in every place", async () => {
  await run("alter table public.letters replica identity full");
  const anna = await listener(stack, { sub: "anna" });
  const service = await listener(stack, { role: "service_role" });
  await run(`
    insert into public.letters values (1, 'anna', false, 'a', 'hidden');
    update public.letters set body = 'b', secret = 'also hidden';
  `);
  await until(() => changesOf(anna).length === 2 && changesOf(service).length === 2, "changes");
  expect(anna.texts.join()).not.toContain("hidden");
  expect(anna.texts.join()).not.toContain("secret");
  expect(changesOf(anna)[1]?.data).toMatchObject({
    record: { id: 1, owner: "anna", is_public: false, body: "b" },
    old_record: { id: 1, owner: "anna", is_public: false, body: "a" },
  });
  expect(changesOf(service)[1]?.data).toMatchObject({
    record: { secret: "also hidden" },
    old_record: { secret: "hidden" },
  });
});

it("tells of a deleted row only its key, even where the whole row is kept", async () => {
  await run("alter table public.letters replica identity full");
  const anna = await listener(stack, { sub: "anna" });
  await run("insert into public.letters values (1, 'ben', false, 'b', 's')");
  await run("delete from public.letters");
  await until(() => changesOf(anna).length > 0, "a change");
  expect(changesOf(anna).map(({ data }) => [data.type, data.old_record])).toEqual([
    ["DELETE", { id: 1 }],
  ]);
});

it("tells a role that may not read the table nothing but that", async () => {
  const socket = await stack.socket();
  await listen(socket, [letters]);
  await run(`
    insert into public.letters values (1, 'anna', true, 'a', 's');
    update public.letters set body = 'b';
    delete from public.letters;
  `);
  await until(() => changesOf(socket).length === 3, "three errors");
  const error = {
    schema: "public",
    table: "letters",
    commit_timestamp: null,
    columns: [],
    errors: ["Error 401: Unauthorized"],
  };
  expect(changesOf(socket).map(({ data }) => data)).toEqual([
    { ...error, type: "INSERT", record: {} },
    { ...error, type: "UPDATE", record: {}, old_record: {} },
    { ...error, type: "DELETE", old_record: {} },
  ]);
});

it("does the same in a schema that the role may not use, and for a role that is not there", async () => {
  await run(`
    create schema hidden;
    create table hidden.things (id int primary key);
    grant select on hidden.things to authenticated;
    alter publication supabase_realtime add table hidden.things;
  `);
  const everything = { event: "*", schema: "*" };
  const anna = await listener(stack, { sub: "anna" }, everything);
  const ghost = await listener(stack, { sub: "anna", role: "ghost" }, everything);
  await run("insert into hidden.things values (1)");
  for (const socket of [anna, ghost]) {
    await until(() => changesOf(socket).length === 1, "an error");
    expect(changesOf(socket)[0]?.data).toMatchObject({
      errors: ["Error 401: Unauthorized"],
      record: {},
    });
  }
  await run("drop schema hidden cascade");
});

it("does not let a filter look at a column that the role may not select", async () => {
  const socket = await stack.socket();
  const token = await tokenFor(stack.endpoints, { sub: "anna" });
  const request = { ...letters, filter: "secret=like.a%" };
  socket.join("1", "realtime:changes", token, { postgres_changes: [request] });
  await until(() => reportsOf(socket).length > 0, "a word about the changes");
  expect(reportsOf(socket)[0]?.message).toContain("invalid column for filter secret");
});

it("a filter stops working when its column is taken away", async () => {
  const anna = await listener(stack, { sub: "anna" }, { ...letters, filter: "body=like.b%" });
  await run("revoke select (body) on public.letters from authenticated");
  await run("insert into public.letters values (1, 'anna', false, 'b', 's')");
  await quiet();
  expect(changesOf(anna)).toEqual([]);
  await run("grant select (body) on public.letters to authenticated");
  await run("insert into public.letters values (2, 'anna', false, 'b', 's')");
  await until(() => changesOf(anna).length === 1, "a change");
});

it("heeds rights that change while somebody listens", async () => {
  const anna = await listener(stack, { sub: "anna" });
  await run("revoke select on public.letters from authenticated");
  await run("insert into public.letters values (1, 'anna', false, 'a', 's')");
  await until(() => changesOf(anna).length === 1, "an error");
  expect(changesOf(anna)[0]?.data.errors).toEqual(["Error 401: Unauthorized"]);
  await run("grant select (id, owner, is_public) on public.letters to authenticated");
  await run("insert into public.letters values (2, 'anna', false, 'a', 's')");
  await until(() => changesOf(anna).length === 2, "a change");
  expect(changesOf(anna)[1]?.data.record).toEqual({ id: 2, owner: "anna", is_public: false });
  await run("grant select (body) on public.letters to authenticated");
});

it("takes a policy that fails for a no, for that person alone", async () => {
  await run(`
    create function public.fragile() returns boolean language plpgsql as
    $$begin
      if current_setting('request.jwt.claims')::jsonb ->> 'sub' = 'ben' then
        raise exception 'broken';
      end if;
      return true;
    end$$;
    create policy "Fragile" on public.letters as restrictive for select to authenticated
      using (public.fragile());
  `);
  const ben = await listener(stack, { sub: "ben" });
  const anna = await listener(stack, { sub: "anna" });
  await run("insert into public.letters values (1, 'ben', true, 'b', 's')");
  await until(() => changesOf(anna).length === 1, "a change");
  await quiet();
  expect(changesOf(ben)).toEqual([]);
  await run('drop policy "Fragile" on public.letters; drop function public.fragile()');
});

it("lets a policy change nothing", async () => {
  await run(`
    create table public.traces (n int);
    grant insert on public.traces to authenticated;
    create function public.leaving_a_trace() returns boolean language plpgsql as
    $$begin insert into public.traces values (1); return true; end$$;
    create policy "Trace" on public.letters as restrictive for select to authenticated
      using (public.leaving_a_trace());
  `);
  const anna = await listener(stack, { sub: "anna" });
  await run("insert into public.letters values (1, 'anna', false, 'a', 's')");
  await until(() => changesOf(anna).length === 1, "a change");
  await stack.sql(async (sql) => {
    expect(await sql`select * from public.traces`).toEqual([]);
  });
  await run(`
    drop policy "Trace" on public.letters;
    drop function public.leaving_a_trace();
    drop table public.traces;
  `);
});

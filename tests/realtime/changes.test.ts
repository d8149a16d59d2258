import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { quiet, until } from "./channels.ts";
import { changesOf, hear, listen } from "./changes_seen.ts";
import type { OwnStack } from "./own_stack.ts";
import { startStackWithThings, things } from "./things.ts";

let stack: OwnStack;

beforeAll(async () => {
  stack = await startStackWithThings();
});
afterAll(() => stack.stop());
beforeEach(() => stack.sql((sql) => sql.unsafe("truncate public.things, public.others")));
afterEach(() => stack.disconnect());

const run = (statements: string) => stack.sql((sql) => sql.unsafe(statements));

describe.each(["1.0.0", "2.0.0"])("changes with vsn %s", (vsn) => {
  it("are what the platform sends, frame by frame", async () => {
    const socket = await stack.socket(vsn);
    const [id] = await listen(socket, [things]);
    expect((await socket.replyTo("1")).response).toEqual({
      postgres_changes: [{ ...things, id }],
    });
    expect((await socket.next("system")).payload).toEqual({
      extension: "postgres_changes",
      status: "ok",
      message: "Subscribed to PostgreSQL",
      channel: "changes",
    });
    const before = Date.now();
    await run(`
      insert into public.things values
        (9007199254740993, 'a "b" é', null, true, '{x,"y z"}', '{"k": [1, null]}',
         '2026-01-02 03:04:05.678+00', '\\x00ff');
      update public.things set n = 2;
      update public.things set id = 2;
      delete from public.things;
    `);
    await until(() => changesOf(socket).length === 4, "four changes");
    const columns = [
      { name: "id", type: "int8" },
      { name: "name", type: "text" },
      { name: "n", type: "int4" },
      { name: "ok", type: "bool" },
      { name: "tags", type: "_text" },
      { name: "data", type: "jsonb" },
      { name: "at", type: "timestamptz" },
      { name: "raw", type: "bytea" },
    ];
    const record = {
      id: 2,
      name: 'a "b" é',
      n: 2,
      ok: true,
      tags: ["x", "y z"],
      data: { k: [1, null] },
      at: "2026-01-02T03:04:05.678+00:00",
      raw: "00ff",
    };
    const [inserted, updated, moved, deleted] = changesOf(socket);
    expect(socket.texts.find((text) => text.includes('"INSERT"'))).toContain(
      '"id":9007199254740993,',
    );
    const at = inserted?.data.commit_timestamp ?? "";
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.parse(at) - before)).toBeLessThan(5_000);
    const common = { schema: "public", table: "things", columns, errors: null };
    expect(inserted).toEqual({
      ids: [id],
      data: {
        ...common,
        type: "INSERT",
        commit_timestamp: at,
        record: { ...record, id: Number("9007199254740993"), n: null },
      },
    });
    expect(updated?.data).toMatchObject({
      type: "UPDATE",
      record: { n: 2 },
      old_record: { id: Number("9007199254740993") },
    });
    expect(Object.keys(updated?.data.old_record ?? {})).toEqual(["id"]);
    expect(moved?.data).toMatchObject({ record: { id: 2 } });
    expect(moved?.data.old_record).toEqual({ id: Number("9007199254740993") });
    expect(deleted).toEqual({
      ids: [id],
      data: {
        ...common,
        type: "DELETE",
        commit_timestamp: deleted?.data.commit_timestamp,
        old_record: { id: 2 },
      },
    });
  });

  it("reach an unmodified client", async () => {
    const heard = await hear(stack.client({ vsn }), { ...things, filter: "n=gt.1" });
    await run(`
      insert into public.things (id, n) values (1, 1), (2, 2);
      update public.things set name = 'x';
    `);
    await until(() => heard.length === 2, "two changes");
    expect(heard).toMatchObject([
      { eventType: "INSERT", schema: "public", table: "things", new: { id: 2, n: 2 }, old: {} },
      { eventType: "UPDATE", new: { id: 2, name: "x" }, old: { id: 2 }, errors: null },
    ]);
  });
});

it("sends nothing of what is rolled back, and everything else in its order", async () => {
  const socket = await stack.socket();
  await listen(socket, [things]);
  await run("insert into public.things (id) select generate_series(1, 300)");
  await run("begin; insert into public.things (id) values (-1); rollback").catch(() => {});
  await run("insert into public.things (id) values (301)");
  await until(() => changesOf(socket).length === 301, "all changes", 10_000);
  expect(changesOf(socket).map(({ data }) => data.record?.id)).toEqual(
    Array.from({ length: 301 }, (_, index) => index + 1),
  );
});

it("tells each request by its id, and only of the events that it asked for", async () => {
  const requests = [
    { event: "INSERT", schema: "public", table: "things" },
    { event: "UPDATE", schema: "public", table: "things" },
    { event: "delete", schema: "public", table: "things" },
    { event: "*", schema: "public" },
    { event: "*", schema: "*" },
    { event: "*", schema: "public", table: "others" },
  ];
  const socket = await stack.socket();
  const ids = await listen(socket, requests);
  expect(new Set(ids).size).toBe(requests.length);
  await run(`
    insert into public.things (id) values (1);
    update public.things set n = 1;
    delete from public.things;
    insert into public.others values (1);
  `);
  await until(() => changesOf(socket).length === 4, "four changes");
  const told = changesOf(socket).map((change) => change.ids.map((id) => ids.indexOf(id)).sort());
  expect(told).toEqual([[0, 3, 4], [1, 3, 4], [2, 3, 4], [3, 4, 5]]);
});

it("sends the columns that were selected and the key", async () => {
  const socket = await stack.socket();
  await listen(socket, [{ ...things, select: ["name"] }]);
  await run("insert into public.things (id, name, n) values (1, 'a', 2)");
  await until(() => changesOf(socket).length === 1, "a change");
  const { data } = changesOf(socket)[0] ?? {};
  expect(data?.record).toEqual({ id: 1, name: "a" });
  expect(data?.columns).toEqual([{ name: "id", type: "int8" }, { name: "name", type: "text" }]);
});

it("follows tables that come to the publication and leave it", async () => {
  await run("create table public.late (id int primary key); grant select on late to anon");
  const socket = await stack.socket();
  await listen(socket, [{ event: "*", schema: "public" }]);
  await run("insert into public.late values (1)");
  await run("alter publication supabase_realtime add table public.late");
  await run("insert into public.late values (2)");
  await until(() => changesOf(socket).length === 1, "a change");
  await run("alter publication supabase_realtime drop table public.late");
  await run("insert into public.late values (3); insert into public.things (id) values (1)");
  await until(() => changesOf(socket).length === 2, "another change");
  expect(changesOf(socket).map(({ data }) => [data.table, data.record?.id])).toEqual([
    ["late", 2],
    ["things", 1],
  ]);
  await run("drop table public.late");
});

it("goes on when the publication was dropped and made again", async () => {
  const socket = await stack.socket();
  await listen(socket, [things]);
  socket.join("messages", "realtime:messages", null);
  await socket.replyTo("messages");
  await run("drop publication supabase_realtime; insert into public.things (id) values (1)");
  // What has nothing to do with it is not disturbed.
  await run("select realtime.send('{}', 'e', 'messages', false)");
  await until(() => socket.binaries.length === 1, "a message");
  await run("create publication supabase_realtime for table public.things, public.others");
  let id = 1;
  await until(async () => {
    await run(`insert into public.things (id) values (${++id})`);
    return changesOf(socket).length > 0;
  }, "a change");
});

it("sends the old row where the table keeps it, with large values that did not change", async () => {
  await run("alter table public.others replica identity full");
  const big = "select string_agg(md5(i::text), '') from generate_series(1, 2000) as i";
  await run(`insert into public.others values (1, (${big}))`);
  const socket = await stack.socket();
  await listen(socket, [{ event: "*", schema: "public", table: "others", filter: "id=gt.1" }]);
  await run("update public.others set id = 2; delete from public.others");
  await until(() => changesOf(socket).length === 2, "two changes");
  const [updated, deleted] = changesOf(socket).map(({ data }) => data);
  expect(updated?.old_record?.id).toBe(1);
  expect(updated?.record?.big).toHaveLength(64_000);
  expect(updated?.record?.big).toBe(updated?.old_record?.big);
  expect(deleted?.old_record).toEqual(updated?.record);
  await run("alter table public.others replica identity default");
});

it("leaves large values out of a change of more than a megabyte, and says so", async () => {
  const socket = await stack.socket();
  await listen(socket, [things]);
  await run("insert into public.things (id, name, n) values (1, repeat('x', 1100000), 3)");
  await until(() => changesOf(socket).length === 1, "a change");
  const { data } = changesOf(socket)[0] ?? {};
  expect(data?.errors).toEqual(["Error 413: Payload Too Large"]);
  expect(data?.record).toMatchObject({ id: 1, n: 3 });
  expect(data?.record).not.toHaveProperty("name");
});

it("says so when a table has no primary key", async () => {
  await run(`
    create table public.keyless (n int);
    grant select on public.keyless to anon;
    alter publication supabase_realtime add table public.keyless;
  `);
  const socket = await stack.socket();
  await listen(socket, [{ event: "*", schema: "public", table: "keyless" }]);
  await run("insert into public.keyless values (1)");
  await until(() => changesOf(socket).length === 1, "a change");
  expect(changesOf(socket)[0]?.data).toMatchObject({
    errors: ["Error 400: Bad Request, no primary key"],
    record: {},
    columns: [],
    commit_timestamp: null,
  });
  await run("drop table public.keyless");
});

it("stops when the channel is left", async () => {
  const socket = await stack.socket();
  await listen(socket, [things]);
  socket.push("1", "99", "realtime:changes", "phx_leave", {});
  await socket.replyTo("99");
  await run("insert into public.things (id) values (1)");
  await quiet();
  expect(changesOf(socket)).toEqual([]);
});

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { quiet, until } from "./channels.ts";
import { changesOf, listen, reportsOf } from "./changes_seen.ts";
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

it("knows all filters of the platform", async () => {
  const row = "(1, 'Hello', 5, true, '{a,b}', '{}', '2026-01-01T00:00:00Z')";
  const passing = [
    "id=eq.1",
    "n=neq.4",
    "n=lt.6",
    "n=lte.5",
    "n=gt.4",
    "n=gte.5",
    "n=in.(1,5)",
    'name=in.("Hello","a,b")',
    "name=like.He%",
    "name=ilike.he%",
    "name=match.^H.l+o$",
    "name=imatch.^h",
    "ok=is.true",
    "name=not.is.null",
    "n=isdistinct.4",
    "n=not.eq.4",
    "name=not.like.x%",
    'name=eq."Hello"',
    "at=lt.2026-06-01",
    "id=gt.0,n=lt.6",
    'tags=eq."{a,b}"',
    "",
  ];
  const failing = [
    "id=eq.2",
    "n=neq.5",
    "n=not.in.(1,5)",
    "name=like.he%",
    "name=is.null",
    "ok=not.is.true",
    "n=not.isdistinct.4",
    "id=gt.0,n=gt.6",
    // What is null is neither equal nor different.
    "raw=neq.x",
    "raw=not.eq.x",
  ];
  const socket = await stack.socket();
  const filters = [...passing, ...failing];
  const ids = await listen(socket, filters.map((filter) => ({ ...things, filter })));
  await run(`insert into public.things (id, name, n, ok, tags, data, at) values ${row}`);
  await until(() => changesOf(socket).length > 0, "a change");
  const told = changesOf(socket).flatMap((change) => change.ids);
  expect(filters.filter((_, index) => told.includes(ids[index] ?? -1))).toEqual(passing);
});

it.each([
  ["an unpublished table", { table: "unpublished" }, "Please check Realtime is enabled for the"],
  ["no such table", { table: "nothing" }, "table: nothing, filters: [], select: nil]"],
  ["no such column", { filter: "x=eq.1" }, "(raise_exception) invalid column for filter x"],
  ["a value of another type", { filter: "n=eq.x" }, "ERROR 22P02 (invalid_text_representation)"],
  ["no such operator", { filter: "n=foo.1" }, 'Error parsing `filter` params: ["foo", "1"]'],
  ["a filter that is none", { filter: "undefined" }, '`filter` params: ["undefined"]'],
  ["a list without parentheses", { filter: "n=in.1" }, "must be wrapped by parentheses"],
  ["an empty part", { filter: "n=eq.1," }, "must not contain empty segments"],
  ["a pattern for a number", { filter: "n=like.1%" }, "requires a text-compatible column type"],
  ["a broken expression", { filter: "name=match.(" }, "invalid regular expression"],
  ["is with a word of its own", { filter: "n=is.1" }, "must be null, true, false, or unknown"],
  ["is true for a number", { filter: "n=is.true" }, "requires a boolean column, got int4"],
  ["a hundred and one values", { filter: `n=in.(${"1,".repeat(100)}1)` }, "Maximum 100"],
  ["a column that is not there", { select: ["x"] }, "invalid column for select x"],
  ["columns as one text", { select: "id" }, "Error parsing `select` params"],
  ["columns of everything", { table: undefined, select: ["id"] }, "wildcard subscriptions"],
  ["neither schema nor table", { schema: undefined, table: undefined }, "No subscription params"],
])("refuses %s and says so", async (_, request, message) => {
  const socket = await stack.socket();
  socket.join("1", "realtime:changes", null, { postgres_changes: [{ ...things, ...request }] });
  // The channel itself works: only its changes do not come.
  expect((await socket.replyTo("1")).status).toBe("ok");
  await until(() => reportsOf(socket).length > 0, "a word about the changes");
  expect(reportsOf(socket)).toEqual([{ status: "error", message: expect.any(String) }]);
  expect(reportsOf(socket)[0]?.message).toContain(message);
  await run("insert into public.things (id) values (1)");
  await quiet();
  expect(changesOf(socket)).toEqual([]);
});

it("answers a join that wants to wait only when changes come, or refuses it", async () => {
  const socket = await stack.socket();
  const wait = { postgres_changes_options: { wait: true } };
  socket.join("1", "realtime:waits", null, { postgres_changes: [things], ...wait });
  expect((await socket.replyTo("1")).status).toBe("ok");
  await run("insert into public.things (id) values (1)");
  await until(() => changesOf(socket).length === 1, "a change");
  const unknown = { ...things, table: "nothing" };
  socket.join("2", "realtime:in_vain", null, { postgres_changes: [unknown], ...wait });
  const { status, response } = await socket.replyTo("2");
  expect(status).toBe("error");
  expect(response.reason).toMatch(/^RealtimeDisabledForConfiguration: Unable to subscribe to /);
});

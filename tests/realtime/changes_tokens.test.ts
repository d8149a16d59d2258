import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { quiet, until } from "./channels.ts";
import { changesOf, listen, reportsOf } from "./changes_seen.ts";
import { burnLetters, letters, listener, seenBy, startStackWithLetters } from "./letters.ts";
import { type OwnStack, tokenFor } from "./own_stack.ts";
import type { RawSocket } from "./raw_socket.ts";

let stack: OwnStack;

beforeAll(async () => {
  stack = await startStackWithLetters();
});
afterAll(() => stack.stop());
beforeEach(() => burnLetters(stack));
afterEach(() => stack.disconnect());

const run = (statements: string) => stack.sql((sql) => sql.unsafe(statements));

it("goes by the new token from then on", async () => {
  const socket = await listener(stack, { sub: "anna" });
  await run("insert into public.letters values (1, 'anna', false, 'a', 's')");
  await until(() => changesOf(socket).length === 1, "a change");
  const token = await tokenFor(stack.endpoints, { sub: "ben" });
  socket.push("1", "2", "realtime:changes", "access_token", { access_token: token });
  await until(() => reportsOf(socket).length === 2, "another word about the changes");
  await run("insert into public.letters values (2, 'anna', false, 'a', 's')");
  await run("insert into public.letters values (3, 'ben', false, 'b', 's')");
  await until(() => changesOf(socket).length === 2, "another change");
  expect(changesOf(socket).map(({ data }) => data.record?.id)).toEqual([1, 3]);
});

/** Many of anna's rows, in transactions of their own. */
async function writeForAnna(count: number): Promise<void> {
  await run(`do $$begin for i in 1..${count} loop
    insert into public.letters values (i, 'anna', false, 'x', 's');
    commit;
  end loop; end$$`);
}

/** Shows another token and waits until changes come for it. */
async function show(socket: RawSocket, sub: string, count: number): Promise<void> {
  const token = await tokenFor(stack.endpoints, { sub, expiresInSeconds: 3601 + count });
  const before = reportsOf(socket).length;
  const ref = `token ${count}`;
  socket.push("1", ref, "realtime:changes", "access_token", { access_token: token });
  await until(() => reportsOf(socket).length > before, "a word about the changes");
}

it("sends nothing that was decided for the token before", async () => {
  const socket = await listener(stack, { sub: "anna" });
  const writing = writeForAnna(250);
  let wrong = 0;
  for (let count = 0; count < 20; count += 2) {
    await show(socket, "ben", count);
    const before = changesOf(socket).length;
    await quiet(20);
    wrong += changesOf(socket).length - before;
    await show(socket, "anna", count + 1);
    await quiet(20);
  }
  await writing;
  expect(wrong).toBe(0);
  const [seen] = await seenBy(stack, socket);
  // Some were anna's to see, some came while ben was there.
  expect(seen?.length).toBeGreaterThan(0);
  expect(seen?.length).toBeLessThan(250);
});

it("loses nothing while one person's tokens change", async () => {
  const socket = await listener(stack, { sub: "anna" });
  const writing = writeForAnna(250);
  for (let count = 0; count < 20; count++) await show(socket, "anna", count);
  await writing;
  const [seen] = await seenBy(stack, socket);
  expect(seen).toEqual(Array.from({ length: 250 }, (_, index) => `INSERT ${index + 1}`));
});

it("sends nothing after the token has expired", async () => {
  const socket = await stack.socket();
  const token = await tokenFor(stack.endpoints, { sub: "anna", expiresInSeconds: 2 });
  await listen(socket, [letters], token);
  await socket.next("phx_close");
  await run("insert into public.letters values (1, 'anna', false, 'a', 's')");
  await quiet();
  expect(changesOf(socket)).toEqual([]);
});

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { check, write } from "./generated_file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "generated-"));
});
afterEach(() => rm(folder, { recursive: true }));

const file = (contents: string) => ({
  path: join(folder, "schema.md"),
  name: "docs/schema.md",
  command: "npm run docs",
  contents,
});

describe("a generated file", () => {
  it("is written, and then up to date", async () => {
    expect(await write(file("one\n"))).toEqual({ ok: true, message: "Wrote docs/schema.md." });
    expect(await readFile(join(folder, "schema.md"), "utf8")).toBe("one\n");
    expect((await write(file("one\n"))).message).toMatch(/up to date/);
    expect(await check(file("one\n"))).toMatchObject({ ok: true });
  });

  it("that is missing fails the check, and names the remedy", async () => {
    expect(await check(file("one\n"))).toEqual({
      ok: false,
      message: 'docs/schema.md is missing. Run "npm run docs" and commit the result.',
    });
  });

  it("that differs fails the check, shows where, and stays as it is", async () => {
    await write(file("one\ntwo\nthree\n"));
    const outcome = await check(file("one\n2\nthree\n"));
    expect(outcome.ok).toBe(false);
    expect(outcome.message).toBe(
      'docs/schema.md does not match the database. Run "npm run docs" and commit the result.\n' +
        "  line 2:\n  - two\n  + 2",
    );
    expect(await readFile(join(folder, "schema.md"), "utf8")).toBe("one\ntwo\nthree\n");
  });
});

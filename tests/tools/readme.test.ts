import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";

const run = promisify(execFile);
const defaultKey = /sb_publishable_[\w-]+/g;

/** The first block of the README in a language, pointed at the stack under test. */
async function block(language: string, containing: string): Promise<string> {
  const readme = await readFile("README.md", "utf8");
  const blocks = [...readme.matchAll(/```(\w+)\n(.*?)```/gs)];
  const found = blocks.find(([, name, text]) => name === language && text?.includes(containing));
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  return found![2]!.replaceAll("http://127.0.0.1:54321", API_URL)
    .replaceAll(defaultKey, PUBLISHABLE_KEY);
}

describe("what the README says to copy", () => {
  it("trains with supabase-js, from sign-in to the recap", async () => {
    // In this folder, where the packages are.
    const folder = await mkdtemp("readme-");
    try {
      const file = join(folder, "example.ts");
      await writeFile(file, await block("ts", "createClient"));
      const { stdout } = await run("node_modules/.bin/deno", ["run", "-A", file]);
      const lines = stdout.trim().split("\n");
      expect(lines[0]).toBe("1 in the session, up to #1");
      expect(lines.some((line) => line.startsWith("#3 set_completed"))).toBe(true);
      expect(lines.at(-1)).toBe("1 set, 500 kg");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("browses with curl", async () => {
    const { stdout } = await run("bash", ["-c", await block("sh", "curl")]);
    expect(JSON.parse(stdout)).toMatchObject({ items: expect.any(Array), nextCursor: null });
  });
});

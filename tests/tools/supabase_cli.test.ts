import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";

const run = promisify(execFile);

/** What the Supabase CLI prints about the stack's database; fails when the CLI does. */
async function supabase(...command: string[]): Promise<string> {
  const remote = `--remote=${runningStack().DB_URL}?sslmode=disable`;
  const { stdout, stderr } = await run("npx", ["supabase", ...command, remote]);
  return stdout + stderr;
}

describe("the Supabase CLI on this database", () => {
  it("db advisors finds nothing to warn of", async () => {
    expect(await supabase("db", "advisors", "--fail-on", "warn")).toContain("No issues found");
  });

  it("migration list shows every migration as applied", async () => {
    const files = await readdir("supabase/migrations");
    const printed = await supabase("migration", "list");
    for (const file of files) {
      const [version] = file.split("_");
      expect(printed).toMatch(new RegExp(`\`${version}\` +\\| +\`${version}\``));
    }
  });
});

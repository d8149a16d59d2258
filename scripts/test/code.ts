import { existsSync } from "node:fs";
import { join } from "node:path";
import { checked, headline, sum, type Tally } from "./tally.ts";

const sources = ["scripts", "tests", "client", join("supabase", "functions"), "vitest.config.ts"];

/** Formatting, lint rules and types of everything written in TypeScript. */
export async function checkCode(checkout: string): Promise<Tally> {
  headline("Code");
  const present = sources.filter((path) => existsSync(join(checkout, path)));
  const checks: [string, string[]][] = [
    ["formatting (deno fmt --check)", ["fmt", "--check", "--quiet"]],
    ["lint rules (deno lint)", ["lint", "--quiet"]],
    ["types (deno check)", ["check", "--quiet", ...present]],
  ];
  return sum(
    await Promise.all(checks.map(async ([name, args]) => {
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args,
        cwd: checkout,
        stdout: "piped",
        stderr: "piped",
      }).output();
      const tally = checked(success, name);
      if (!success) {
        console.log(new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
      }
      return tally;
    })),
  );
}

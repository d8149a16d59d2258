import { join } from "node:path";
import type { Endpoints } from "../stack/state.ts";
import { checkout } from "./checkout.ts";

/** The stack's command line with these arguments. */
export function stackCommand(args: readonly string[]): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", join(checkout, "scripts", "stack", "main.ts"), ...args],
    cwd: checkout,
    stdout: "piped",
    stderr: "piped",
  });
}

/** Where the stack of a data folder (else of this checkout) is, or undefined if it does not run. */
export async function runningStack(dataDir?: string): Promise<Endpoints | undefined> {
  const whose = dataDir === undefined ? [] : [`--data-dir=${dataDir}`];
  const { success, stdout } = await stackCommand(["status", "-o", "json", ...whose]).output();
  return success ? JSON.parse(new TextDecoder().decode(stdout)) : undefined;
}

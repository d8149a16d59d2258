import { spawn } from "node:child_process";
import { join } from "node:path";
import { checkout, denoExecutable } from "../setup/command.ts";

/** What a command left. */
export interface ScriptResult {
  code: number | null;
  /** Standard output. */
  output: string;
  /** Standard error. */
  errors: string;
}

/** Runs scripts/<name>/main.ts as its npm script does. */
export function runScript(
  name: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<ScriptResult> {
  const child = spawn(
    denoExecutable(),
    ["run", "-A", join(checkout, "scripts", name, "main.ts"), ...args],
    {
      cwd: checkout,
      env: { ...process.env, NO_COLOR: "1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => output += chunk);
  child.stderr.on("data", (chunk) => errors += chunk);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}

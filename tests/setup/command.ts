import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Deno's own executable. The script that npm links as `deno` may be one that starts Deno as a child
 * and passes no signals on.
 */
export function denoExecutable(): string {
  const require = createRequire(import.meta.url);
  const wrapper = require.resolve("deno/package.json");
  const direct = join(dirname(wrapper), "deno");
  if (existsSync(direct)) return direct;
  const platform = `${process.platform}-${process.arch}`;
  for (const name of [`@deno/${platform}-glibc`, `@deno/${platform}`]) {
    try {
      const folder = dirname(createRequire(wrapper).resolve(`${name}/package.json`));
      return join(folder, "deno");
    } catch {
      // The package for another platform.
    }
  }
  throw new Error("Deno is not installed. Run npm install.");
}

/** What a finished command left. */
export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Standard output and standard error, as they came. */
  output: string;
}

/** A command under way. */
export interface Running {
  process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  finished: Promise<Finished>;
}

/** Starts the stack's command line with these arguments. */
export function startStackCommand(
  args: readonly string[],
  options: { environment?: Record<string, string>; cwd?: string } = {},
): Running {
  const child = spawn(
    denoExecutable(),
    ["run", "-A", join(checkout, "scripts", "stack", "main.ts"), ...args],
    {
      cwd: options.cwd ?? checkout,
      env: { ...process.env, NO_COLOR: "1", ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk) => output += chunk);
  child.stderr.on("data", (chunk) => output += chunk);
  return {
    process: child,
    output: () => output,
    finished: new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => resolve({ code, signal, output }));
    }),
  };
}

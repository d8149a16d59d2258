import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { checkout, denoExecutable } from "../setup/command.ts";

const children = new Set<Child>();

/** A program of this repository, run by Deno, that can be stopped and killed. */
export class Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;

  /** @param script relative to the root of this repository */
  constructor(
    script: string,
    args: readonly string[] = [],
    environment: Record<string, string> = {},
  ) {
    this.process = spawn(denoExecutable(), ["run", "-A", join(checkout, script), ...args], {
      cwd: checkout,
      env: { ...process.env, NO_COLOR: "1", ...environment },
    });
    // What is said to one that has just died is lost, and no error.
    this.process.stdin.on("error", () => {});
    children.add(this);
    this.ended = new Promise((resolve, reject) => {
      this.process.on("error", reject);
      this.process.on("exit", (code, signal) => {
        children.delete(this);
        resolve({ code, signal });
      });
    });
    // Whoever is interested waits for it.
    this.ended.catch(() => children.delete(this));
  }

  /** Calls back with the text of each of the two outputs as it comes. */
  onOutput(listener: (text: string, from: "stdout" | "stderr") => void): void {
    for (const from of ["stdout", "stderr"] as const) {
      this.process[from].setEncoding("utf8").on("data", (text: string) => listener(text, from));
    }
  }

  /**
   * Sends a signal. Returns whether it was there to get it. The child's own `kill` will not do: under
   * Deno only the first signal is sent.
   */
  signal(name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): boolean {
    const { pid } = this.process;
    if (pid === undefined || !children.has(this)) return false;
    try {
      process.kill(pid, name);
      return true;
    } catch {
      return false;
    }
  }

  /** Ends it on the spot: nothing is said to anybody, nothing is cleared up. */
  async kill(): Promise<void> {
    if (this.signal("SIGKILL")) await this.ended;
  }
}

/** Ends all there are: one that is stopped does not see that whoever started it is gone. */
export function killChildren(): void {
  for (const child of children) child.signal("SIGKILL");
}

process.on("exit", killChildren);

import { execFileSync } from "node:child_process";

/** A process of this machine. */
export interface Process {
  pid: number;
  command: string;
}

/** The processes whose command line contains the text. */
export function processesMentioning(text: string): Process[] {
  const listed = execFileSync("ps", ["-eo", "pid=,args=", "-ww"], { encoding: "utf8" });
  return listed.split("\n").flatMap((line) => {
    const parts = /^\s*(\d+)\s+(.*)$/.exec(line);
    return parts?.[2]?.includes(text) ? [{ pid: Number(parts[1]), command: parts[2] }] : [];
  });
}

/** Whether the process runs. One that has ended but was not reaped does not. */
export function isAlive(pid: number): boolean {
  try {
    const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
    return !state.trim().startsWith("Z");
  } catch {
    return false;
  }
}

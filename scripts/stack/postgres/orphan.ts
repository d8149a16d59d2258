import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StackError } from "../errors.ts";
import { exists } from "../folder.ts";
import { readPostmasterFile } from "./cluster.ts";
import type { Place } from "./place.ts";

const patienceMilliseconds = 10_000;
const pollMilliseconds = 20;

/**
 * Clears up after a stack that was killed: stops the PostgreSQL that it left running, the way that
 * loses nothing. The caller holds the data folder's lock, so it can be no living stack's.
 *
 * @returns whether one was running
 * @throws StackError if it does not stop
 */
export async function stopOrphan(place: Place): Promise<boolean> {
  const file = await readPostmasterFile(place.database);
  if (!file) return false;
  if (!await isPostmaster(file.pid, place.database)) {
    await removeMisleadingFile(file.pid, place.database);
    return false;
  }
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    Deno.kill(file.pid, signal);
    if (await becomesTrue(async () => !await isPostmaster(file.pid, place.database))) return true;
  }
  throw new StackError(
    `A PostgreSQL left over from an earlier start (pid ${file.pid}) does not stop. ` +
      `End that process and start again.`,
  );
}

/**
 * PostgreSQL does not start while the process in its postmaster.pid exists, whatever that is by
 * now: another program with the same number, or, where nobody reaps orphans, the dead server's
 * remains. Then the file goes, once no process works in the database folder any more. In all other
 * cases PostgreSQL itself knows best what to do with the file.
 */
async function removeMisleadingFile(pid: number, database: string): Promise<void> {
  if (!await exists(`/proc/${pid}`)) return;
  if (!await becomesTrue(async () => !await hasProcesses(database))) {
    throw new StackError(`Processes of a dead PostgreSQL still use ${database}. End them.`);
  }
  await Deno.remove(join(database, "postmaster.pid"));
}

/** Whether the process is alive and is a postmaster of this database, not a later namesake. */
async function isPostmaster(pid: number, database: string): Promise<boolean> {
  let commandLine: string;
  try {
    commandLine = (await Deno.readTextFile(`/proc/${pid}/cmdline`)).replaceAll("\0", " ");
  } catch {
    const { stdout } = await new Deno.Command("ps", {
      args: ["-o", "command=", "-p", String(pid)],
      stdout: "piped",
      stderr: "null",
    }).output().catch(() => ({ stdout: new Uint8Array() }));
    commandLine = new TextDecoder().decode(stdout);
  }
  return commandLine.includes("postgres") && commandLine.includes(database);
}

/** Whether a process of PostgreSQL works in the folder: each has it as its working directory. */
async function hasProcesses(database: string): Promise<boolean> {
  const real = await Deno.realPath(database);
  for await (const entry of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(entry.name)) continue;
    const folder = await Deno.readLink(`/proc/${entry.name}/cwd`).catch(() => "");
    if (folder === real) return true;
  }
  return false;
}

async function becomesTrue(condition: () => Promise<boolean>): Promise<boolean> {
  for (let waited = 0; waited < patienceMilliseconds; waited += pollMilliseconds) {
    if (await condition()) return true;
    await sleep(pollMilliseconds);
  }
  return false;
}

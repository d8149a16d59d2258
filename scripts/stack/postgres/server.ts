import { join } from "node:path";
import { isNotFound, StackError } from "../errors.ts";
import { readPostmasterFile } from "./cluster.ts";
import type { Place } from "./place.ts";
import { serverSettings } from "./settings.ts";

const readyTimeoutMilliseconds = 60_000;
const stopTimeoutMilliseconds = 10_000;

/** A PostgreSQL server that is kept running until it is told to stop. */
export interface Server {
  port: number;
  /** Whether it accepts work now; false while it restarts. */
  isReady(): boolean;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on an existing cluster and starts it again whenever it dies.
 *
 * @param onRestart called when it died (`ready` false) and when it is back (`ready` true)
 * @param environment what its processes find in theirs, beside what they need
 * @throws StackError with the log's last lines if it does not come up
 */
export async function startServer(
  place: Place,
  port: number,
  onRestart: (ready: boolean, reason: string) => void,
  environment: Record<string, string> = {},
): Promise<Server> {
  await prepareLog(place);
  let child = await launch(place, port, environment);
  let ready = true;
  let stopping = false;
  const supervised = supervise();

  async function supervise(): Promise<void> {
    while (!stopping) {
      const status = await child.status;
      if (stopping) return;
      ready = false;
      onRestart(false, status.signal ?? `exit code ${status.code}`);
      for (let attempt = 1; !stopping && !ready; attempt++) {
        try {
          child = await launch(place, port, environment);
          ready = true;
        } catch (error) {
          // Processes of the dead server may still hold its shared memory for a moment.
          if (attempt >= 40) {
            onRestart(false, error instanceof Error ? error.message : String(error));
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
      if (ready && !stopping) onRestart(true, "");
    }
  }

  return {
    port,
    isReady: () => ready,
    async stop() {
      stopping = true;
      await terminate(child);
      await supervised;
    },
  };
}

async function prepareLog(place: Place): Promise<void> {
  await Deno.writeTextFile(place.log, "");
  if (place.account) await Deno.chown(place.log, place.account.uid, place.account.gid);
}

async function launch(
  place: Place,
  port: number,
  environment: Record<string, string>,
): Promise<Deno.ChildProcess> {
  const settings = Object.entries(serverSettings(port)).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  // The shell opens the log and becomes the server, so that the log works on after this process is
  // gone. A process group of its own keeps Ctrl-C from reaching the server before its clients are
  // done.
  const child = new Deno.Command("/bin/sh", {
    args: [
      "-c",
      'exec "$0" "$@" >>"$STACK_LOG" 2>&1',
      join(place.installation.native, "bin", "postgres"),
      "-D",
      place.database,
      ...settings,
    ],
    cwd: "/",
    clearEnv: true,
    env: {
      PATH: "/usr/local/bin:/usr/bin:/bin",
      LC_ALL: "C",
      STACK_LOG: place.log,
      ...environment,
    },
    stdin: "null",
    stdout: "null",
    stderr: "null",
    detached: true,
    ...(place.account ? { uid: place.account.uid, gid: place.account.gid } : {}),
  }).spawn();

  let ended: Deno.CommandStatus | undefined;
  child.status.then((status) => ended = status);
  const deadline = Date.now() + readyTimeoutMilliseconds;
  while (Date.now() < deadline) {
    if (ended) {
      throw new StackError(`PostgreSQL did not start:\n${await lastLines(place.log)}`);
    }
    const file = await readPostmasterFile(place.database);
    if (file?.ready && file.pid === child.pid) return child;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await terminate(child);
  throw new StackError(`PostgreSQL is not ready after a minute:\n${await lastLines(place.log)}`);
}

/** Ends the server: its clients' transactions first roll back, then it writes everything out. */
async function terminate(child: Deno.ChildProcess): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      child.kill(signal);
    } catch {
      return;
    }
    const timeout = Symbol();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const outcome = await Promise.race([
      child.status,
      new Promise((resolve) => timer = setTimeout(resolve, stopTimeoutMilliseconds, timeout)),
    ]);
    clearTimeout(timer);
    if (outcome !== timeout) return;
  }
}

async function lastLines(log: string): Promise<string> {
  try {
    return (await Deno.readTextFile(log)).trimEnd().split("\n").slice(-12).join("\n");
  } catch (error) {
    if (isNotFound(error)) return "(no log)";
    throw error;
  }
}

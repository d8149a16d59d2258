import { Cleanup } from "../cleanup.ts";
import { describeError, StackError } from "../errors.ts";
import { createDataFolder, type DataFolder, dataFolderAt } from "../folder.ts";
import { acquireLock, isHeld } from "../lock.ts";
import type { Options } from "../options.ts";
import { bold, dim, fail, line } from "../report.ts";
import { listenForStop } from "../signals.ts";
import { readState } from "../state.ts";
import { summary } from "../summary.ts";
import { bringUp } from "./bring_up.ts";

/**
 * Starts the stack and keeps it until it is asked to stop.
 *
 * @returns the exit code
 * @throws StackError with everything that stands in the way; nothing is left running then
 */
export async function start(options: Options): Promise<number> {
  const started = performance.now();
  const folder = dataFolderAt(options.dataDir);
  await createDataFolder(folder);
  const release = await acquireLock(folder.lock);
  if (!release) throw new StackError(await describeRunning(folder));

  const stop = listenForStop();
  const cleanup = new Cleanup();
  cleanup.add("lock", release);
  try {
    line(bold("Starting the embedded stack"));
    const state = await bringUp(options, folder, cleanup, stop.signal);
    summary(state).forEach(line);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    line();
    line(`${bold(`Ready in ${seconds} s.`)} ${dim("Ctrl-C stops it.")}`);
    await new Promise<void>((resolve) => {
      if (stop.signal.aborted) resolve();
      stop.signal.addEventListener("abort", () => resolve());
    });
    line("Stopping …");
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    line("Stopping before it was up …");
    if (error !== stop.signal.reason) fail(describeError(error));
  } finally {
    await cleanup.run();
  }
  line("Stopped.");
  return 0;
}

async function describeRunning(folder: DataFolder): Promise<string> {
  const state = await readState(folder);
  if (state && await isHeld(folder.lock)) {
    const doing = state.phase === "ready" ? "running" : "starting";
    return `The stack is ${doing} already at ${state.endpoints.API_URL} (pid ${state.pid}, data ` +
      `folder ${folder.root}).\n"npm run status" shows the rest, "npm run stop" stops it.`;
  }
  return `Another start is under way in the data folder ${folder.root}.`;
}

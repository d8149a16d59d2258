import { dataFolderAt } from "../folder.ts";
import { isHeld } from "../lock.ts";
import type { Options } from "../options.ts";
import { fail, line } from "../report.ts";
import { readState } from "../state.ts";

const patienceMilliseconds = 20_000;

/** Stops the running stack. @returns the exit code: 1 if it does not stop */
export async function stop(options: Options): Promise<number> {
  const folder = dataFolderAt(options.dataDir);
  const state = await readState(folder);
  if (!await isHeld(folder.lock) || !state) {
    line(`The stack is not running (data folder ${folder.root}).`);
    return 0;
  }
  Deno.kill(state.pid, "SIGTERM");
  for (let waited = 0; waited < patienceMilliseconds; waited += 50) {
    if (!await isHeld(folder.lock)) {
      line("Stopped.");
      return 0;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  fail(`The stack (pid ${state.pid}) does not stop.`);
  return 1;
}

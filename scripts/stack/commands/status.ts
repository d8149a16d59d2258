import { dataFolderAt } from "../folder.ts";
import { isHeld } from "../lock.ts";
import type { Options } from "../options.ts";
import { fail, line } from "../report.ts";
import { readState } from "../state.ts";
import { summary } from "../summary.ts";

/** Prints where the stack is. @returns the exit code: 1 if it is not running */
export async function status(options: Options): Promise<number> {
  const folder = dataFolderAt(options.dataDir);
  const state = await readState(folder);
  if (!await isHeld(folder.lock)) {
    fail(`The stack is not running (data folder ${folder.root}). Start it with "npm start".`);
    return 1;
  }
  if (state?.phase !== "ready") {
    fail("The stack is starting. Try again in a moment.");
    return 1;
  }
  if (options.output === "json") line(JSON.stringify(state.endpoints, null, 2));
  else summary(state).forEach(line);
  return 0;
}

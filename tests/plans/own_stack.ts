import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startStackCommand } from "../setup/command.ts";
import { endpointsSchema } from "../setup/endpoints.ts";

/**
 * A database with nothing else in it: filling tables takes locks that would keep every other test
 * waiting. Returns its address and how to end it.
 */
export async function startOwnStack(): Promise<{ databaseUrl: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "plans-"));
  const stack = startStackCommand(["start", "--port=0", "--db-port=0", `--data-dir=${folder}`]);
  const stop = async () => {
    stack.process.kill("SIGTERM");
    await stack.finished;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    let isGone = false;
    stack.finished.then(() => isGone = true);
    while (!stack.output().includes("Ready in")) {
      if (isGone) throw new Error(`The stack does not start:\n${stack.output()}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const status = startStackCommand(["status", "-o", "json", `--data-dir=${folder}`]);
    const { DB_URL } = endpointsSchema.parse(JSON.parse((await status.finished).output));
    return { databaseUrl: DB_URL, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

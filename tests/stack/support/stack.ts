import { startStackCommand } from "../../setup/command.ts";
import type { Finished, Running } from "../../setup/command.ts";
import { type Endpoints, endpointsSchema } from "../../setup/endpoints.ts";
import type { TestProject } from "./project.ts";

/** A running stack of a test's own. */
export interface RunningStack {
  endpoints: Endpoints;
  command: Running;
  pid: number;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<Finished>;
}

const readyTimeoutMilliseconds = 45_000;

/** Starts a stack on free ports. @throws Error with its output if it does not come up */
export async function startStack(
  project: TestProject,
  args: readonly string[] = [],
): Promise<RunningStack> {
  const command = startStackCommand([
    "start",
    "--port=0",
    "--db-port=0",
    ...whereabouts(project),
    ...args,
  ]);
  await waitForOutput(command, "Ready in");
  const pid = command.process.pid;
  if (pid === undefined) throw new Error("The stack has no process.");
  return {
    command,
    pid,
    endpoints: await endpointsOf(project),
    stop() {
      command.process.kill("SIGTERM");
      return command.finished;
    },
  };
}

/** Runs a command of the stack's to its end. */
export function runStackCommand(
  project: TestProject,
  command: string,
  ...args: string[]
): Promise<Finished> {
  return startStackCommand([command, ...whereabouts(project), ...args]).finished;
}

/** What `status -o json` says. */
export async function endpointsOf(project: TestProject): Promise<Endpoints> {
  const { output } = await runStackCommand(project, "status", "-o", "json");
  return endpointsSchema.parse(JSON.parse(output));
}

/** Waits until a command has printed a text. */
export async function waitForOutput(command: Running, text: string): Promise<void> {
  let ended = false;
  command.finished.then(() => ended = true);
  await waitUntil(() => {
    if (command.output().includes(text)) return true;
    if (ended) throw new Error(`It ended without printing "${text}":\n${command.output()}`);
    return false;
  }, `"${text}" in:\n${command.output()}`);
}

/** Waits until a condition holds. @throws Error naming what was waited for after the time is up */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = readyTimeoutMilliseconds,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!await condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function whereabouts(project: TestProject): string[] {
  return [`--project-dir=${project.root}`, `--data-dir=${project.dataDir}`];
}

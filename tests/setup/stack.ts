import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startStackCommand } from "./command.ts";
import { type Endpoints, endpointsSchema } from "./endpoints.ts";

const startTimeoutMilliseconds = 60_000;

/**
 * Gives the tests a stack: the one in the environment variable STACK_UNDER_TEST, or else one of
 * their own on free ports with a data folder that is deleted afterwards.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  const given = process.env.STACK_UNDER_TEST;
  if (given) {
    project.provide("stack", endpointsSchema.parse(JSON.parse(given)));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), "stack-under-test-"));
  const stack = startStackCommand(["start", "--port=0", "--db-port=0", `--data-dir=${folder}`]);
  const stop = async () => {
    stack.process.kill("SIGTERM");
    await stack.finished;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    project.provide("stack", await endpointsOf(folder, stack.finished, stack.output));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function endpointsOf(
  folder: string,
  ended: Promise<unknown>,
  output: () => string,
): Promise<Endpoints> {
  let gone = false;
  ended.then(() => gone = true);
  const deadline = Date.now() + startTimeoutMilliseconds;
  while (!output().includes("Ready in")) {
    if (gone) throw new Error(`The stack does not start:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`The stack is not ready in time:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const status = startStackCommand(["status", "-o", "json", `--data-dir=${folder}`]);
  return endpointsSchema.parse(JSON.parse((await status.finished).output));
}

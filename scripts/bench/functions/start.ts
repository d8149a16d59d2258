import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Stack } from "../../shared/people.ts";
import {
  type Caller,
  entrypointOf,
  environmentFor,
  type FunctionName,
  LIGHT_REQUESTS,
} from "./target.ts";

const memory = z.object({ rssBytes: z.number(), heapBytes: z.number() });
const report = z.object({
  status: z.number(),
  importMs: z.number(),
  firstAnswerMs: z.number(),
  secondsOfRequests: z.number(),
  atRest: memory,
  afterwards: memory,
});

/** What a function took in a process of its own. */
export type ProcessReport = z.infer<typeof report> & {
  /** From the command to its end, in milliseconds. */
  readonly processMs: number;
};

/**
 * Starts a function in a fresh process, lets it answer, and ends it.
 *
 * @param requests how many more it answers after the first
 */
export async function startFunction(
  stack: Stack,
  name: FunctionName,
  caller: Caller,
  requests: number,
): Promise<ProcessReport> {
  const task = {
    entrypoint: entrypointOf(name).href,
    ...LIGHT_REQUESTS[name],
    token: caller.token,
    apiKey: stack.PUBLISHABLE_KEY,
    requests,
  };
  const startedAt = performance.now();
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "-A",
      // As much memory as the platform gives a function.
      "--v8-flags=--max-old-space-size=256,--expose-gc",
      fileURLToPath(new URL("./own_process.ts", import.meta.url)),
      JSON.stringify(task),
    ],
    env: environmentFor(stack),
  }).output();
  const processMs = performance.now() - startedAt;
  if (!success) throw new Error(`${name} failed: ${new TextDecoder().decode(stderr)}`);
  const said = report.parse(JSON.parse(new TextDecoder().decode(stdout)));
  if (said.status >= 500) throw new Error(`${name} answered ${said.status}.`);
  return { ...said, processMs };
}

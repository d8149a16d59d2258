import type { Endpoints } from "../stack/state.ts";
import { runningStack, stackCommand } from "./stack_command.ts";

/** A stack for one purpose only. */
export interface TemporaryStack {
  endpoints: Endpoints;
  /** The process that all others of the stack descend from. */
  pid: number;
  /** Stops it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a stack by its own command line, on free ports, with a data folder of its own.
 *
 * @param options further ones of `start`
 * @throws Error with the stack's output if it does not come up
 */
export async function startTemporaryStack(
  options: readonly string[] = [],
): Promise<TemporaryStack> {
  const folder = await Deno.makeTempDir({ prefix: "temporary-stack-" });
  const child = stackCommand([
    "start",
    "--port=0",
    "--db-port=0",
    `--data-dir=${folder}`,
    ...options,
  ]).spawn();
  let output = "";
  const ready = Promise.withResolvers<void>();
  const collect = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      output += text;
      if (output.includes("Ready in")) ready.resolve();
    }
  };
  const reading = Promise.all([collect(child.stdout), collect(child.stderr)]);
  const stop = async () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended already.
    }
    await child.status;
    await reading;
    await Deno.remove(folder, { recursive: true });
  };

  const ended = child.status.then(() => "ended" as const);
  if (await Promise.race([ready.promise, ended]) === "ended") {
    await stop();
    throw new Error(`The stack does not start:\n${output}`);
  }
  const endpoints = await runningStack(folder);
  if (endpoints === undefined) {
    await stop();
    throw new Error(`The stack ended by itself:\n${output}`);
  }
  return { endpoints, pid: child.pid, stop };
}

import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { plain } from "../report.ts";
import type { EdgeFunction } from "./discover.ts";
import { workerLabel, workerUrl } from "./orphans.ts";

/** A running process of a function. */
export interface FunctionProcess {
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Passes a request on. @throws if the process is gone or the client is */
  fetch(url: URL, request: Request, headers: Headers): Promise<Response>;
  /** Lets requests under way finish, for at most the given time, then ends the process. */
  finish(patienceMilliseconds: number): Promise<void>;
  ended: Promise<Deno.CommandStatus>;
}

/** The function's own code failed while it was imported; the message is Deno's. */
export class BootError extends Error {
  override readonly name = "BootError";
}

const bootTimeoutMilliseconds = 30_000;

/**
 * Starts a process for a function and waits until it serves.
 *
 * @param sockets a private folder with a short path
 * @param dataDir the stack's data folder
 * @param log gets each line that the function prints
 * @throws BootError if it ends or hangs before
 */
export async function startProcess(
  edgeFunction: EdgeFunction,
  environment: Record<string, string>,
  sockets: string,
  dataDir: string,
  log: (line: string) => void,
): Promise<FunctionProcess> {
  const id = crypto.randomUUID();
  const socket = join(sockets, `${id.slice(0, 8)}.sock`);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--allow-net",
      "--allow-env",
      "--allow-sys",
      "--allow-read",
      `--allow-write=/tmp,${sockets}`,
      // As much memory as the platform gives a function.
      "--v8-flags=--max-old-space-size=256",
      workerUrl.href,
      ...workerLabel(edgeFunction.entrypoint, dataDir),
    ],
    cwd: dirname(edgeFunction.entrypoint),
    clearEnv: true,
    env: environment,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  const input = child.stdin.getWriter();
  const say = (line: string) => input.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
  await say(JSON.stringify({
    entrypoint: pathToFileURL(edgeFunction.entrypoint).pathname,
    socket,
    marker: id,
  }));

  const bootOutput: string[] = [];
  let booted = false;
  const print = (line: string) => booted ? log(line) : void bootOutput.push(line);
  const ready = Promise.withResolvers<"ready">();
  const reading = Promise.all([
    forEachLine(child.stdout, (line) => {
      if (line === `${id} ready`) ready.resolve("ready");
      else print(line);
    }),
    forEachLine(child.stderr, print),
  ]);

  let timer: ReturnType<typeof setTimeout> | undefined;
  const outcome = await Promise.race([
    ready.promise,
    child.status,
    new Promise<"timeout">((resolve) => {
      timer = setTimeout(resolve, bootTimeoutMilliseconds, "timeout");
    }),
  ]);
  clearTimeout(timer);
  if (outcome !== "ready") {
    if (outcome === "timeout") child.kill("SIGKILL");
    await reading;
    throw new BootError(
      outcome === "timeout"
        ? [...bootOutput, "The function does not finish loading."].join("\n")
        : describeBoot(bootOutput, outcome),
    );
  }
  booted = true;
  bootOutput.forEach(log);

  const client = Deno.createHttpClient({ proxy: { transport: "unix", path: socket } });
  let pending = 0;
  let whenIdle: (() => void) | undefined;
  child.status.then(() => client.close());
  return {
    startedAt: Date.now(),
    ended: child.status,
    async fetch(url, request, headers) {
      pending++;
      try {
        return await fetch(url, {
          client,
          method: request.method,
          headers,
          body: request.body,
          redirect: "manual",
          signal: request.signal,
        });
      } finally {
        pending--;
        if (pending === 0) whenIdle?.();
      }
    },
    async finish(patienceMilliseconds) {
      const kill = setTimeout(() => {
        try {
          child.kill("SIGKILL");
        } catch {
          // It has ended meanwhile.
        }
      }, patienceMilliseconds);
      if (pending > 0) {
        await Promise.race([new Promise<void>((resolve) => whenIdle = resolve), child.status]);
      }
      await say("finish");
      await child.status;
      clearTimeout(kill);
    },
  };
}

function describeBoot(output: string[], status: Deno.CommandStatus): string {
  const text = plain(output.join("\n").trim(), true).replaceAll(
    `${pathToFileURL(Deno.cwd()).href}/`,
    "",
  );
  return text || `It ended with ${status.signal ?? `exit code ${status.code}`} while loading.`;
}

async function forEachLine(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  use: (line: string) => void,
): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(use);
  }
  if (rest !== "") use(rest);
}

import { fileURLToPath } from "node:url";

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts one of the servers of this folder and waits until it listens.
 *
 * @param file what to run; it prints `Listening on <port>` and nothing else that matters
 * @throws Error if it ends before that
 */
export async function startServer(file: string): Promise<Server> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-A", fileURLToPath(new URL(file, import.meta.url))],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const port = /Listening on (\d+)\n/.exec(text)?.[1];
    if (port === undefined) continue;
    return {
      port: Number(port),
      async stop() {
        try {
          child.kill("SIGTERM");
        } catch {
          // It has ended already.
        }
        await child.status;
      },
    };
  }
  await child.status;
  throw new Error(`${file} does not start.`);
}

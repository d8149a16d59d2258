import { fileURLToPath } from "node:url";

/** The program that every function runs in. */
export const workerUrl = new URL("./worker.ts", import.meta.url);

/** The arguments after the worker's own path: for whoever looks at the processes, and for below. */
export function workerLabel(entrypoint: string, dataDir: string): string[] {
  return [entrypoint, `--stack=${dataDir}`];
}

/**
 * Ends function processes that a killed stack left behind. Normally they end by themselves when the
 * stack is gone; one that is busy in an endless loop does not notice. The caller holds the data
 * folder's lock, so they can be no living stack's.
 */
export async function endOrphans(dataDir: string): Promise<void> {
  const { stdout } = await new Deno.Command("ps", {
    args: ["-eo", "pid=,args=", "-ww"],
    stdout: "piped",
    stderr: "null",
  }).output().catch(() => ({ stdout: new Uint8Array() }));
  const worker = fileURLToPath(workerUrl);
  for (const line of new TextDecoder().decode(stdout).split("\n")) {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!pid || !command?.includes(worker) || !command.endsWith(` --stack=${dataDir}`)) continue;
    try {
      Deno.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

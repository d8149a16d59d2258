import { fileURLToPath } from "node:url";
import type { Start, Step, StepReport } from "./phones_process.ts";

/** A share of the people, in a process of its own. */
export interface Phones {
  readonly pid: number;
  run(step: Step): Promise<StepReport>;
  stop(): Promise<void>;
}

/** Starts a process for some people; resolves when all their screens listen. */
export async function startPhones(people: Start): Promise<Phones> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "-A",
      fileURLToPath(new URL("./phones_process.ts", import.meta.url)),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const input = child.stdin.getWriter();
  const output = linesOf(child.stdout);
  const order = async (what: unknown): Promise<unknown> => {
    await input.write(new TextEncoder().encode(`${JSON.stringify(what)}\n`));
    const { done, value } = await output.next();
    if (done) throw new Error("The process with the phones ended by itself.");
    return JSON.parse(value);
  };
  await order(people);
  return {
    pid: child.pid,
    run: async (step) => await order(step) as StepReport,
    async stop() {
      await input.close();
      await child.status;
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const complete = (rest + text).split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
}

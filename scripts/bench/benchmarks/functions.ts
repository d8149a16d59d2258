import { startTemporaryStack } from "../../shared/temporary_stack.ts";
import type { Stack } from "../../shared/people.ts";
import type { Benchmark, Finding, Settings } from "../benchmark.ts";
import { sizeOf } from "../functions/bundle.ts";
import { measureRoutes } from "../functions/routes.ts";
import { type ProcessReport, startFunction } from "../functions/start.ts";
import { createCallers, FUNCTION_NAMES, LIGHT_REQUESTS } from "../functions/target.ts";
import { spread } from "../statistics.ts";

const ROUNDS = 40;
const STARTS = 9;
const REQUESTS = 10_000;

/** What the edge functions add to the database, and what they take. */
export const functions: Benchmark = {
  name: "functions",
  title: "Edge functions",
  async run(settings) {
    const stack = await startTemporaryStack(["--no-functions"]);
    try {
      settings.log("every route, beside its RPC");
      const routes = await measureRoutes(stack.endpoints, settings.short ? 1 : ROUNDS);
      return [routes, await measureProcesses(stack.endpoints, settings)];
    } finally {
      await stack.stop();
    }
  },
};

async function measureProcesses(stack: Stack, { short, log }: Settings): Promise<Finding> {
  const [caller] = await createCallers(stack, ["Caller"]);
  log("starting each in fresh processes");
  const starts = Object.fromEntries(
    FUNCTION_NAMES.map((name) => [name, [] as ProcessReport[]]),
  );
  for (let start = -1; start < (short ? 1 : STARTS); start++) {
    for (const name of FUNCTION_NAMES) {
      const report = await startFunction(stack, name, caller!, 0);
      if (start >= 0) starts[name]!.push(report);
    }
  }
  const requests = short ? 100 : REQUESTS;
  log(`${requests} requests to each`);
  const kept: ProcessReport[] = [];
  for (const name of FUNCTION_NAMES) {
    kept.push(await startFunction(stack, name, caller!, requests));
  }
  const sizes = await Promise.all(FUNCTION_NAMES.map((name) => sizeOf(name)));
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  const row = (
    title: string,
    show: (name: typeof FUNCTION_NAMES[number], index: number) => string,
  ) => [title, ...FUNCTION_NAMES.map(show)];
  return {
    title: "Starting, size, memory",
    about:
      "A fresh process each time, functions taking turns; median and range. First answer: of a signed-in " +
      `request that asks the database (${
        FUNCTION_NAMES.map((name) => `\`${LIGHT_REQUESTS[name].method} /${name}…\``).join(", ")
      }). Deno has compiled the code before. Memory: of that process after the first answer, and ` +
      `after ${
        requests.toLocaleString("en")
      } more, four at a time, with the 256 MB of heap that the ` +
      "platform gives; heap after a garbage collection. " +
      (sizes.every(({ how }) => how === "bundle")
        ? "Size: with everything it imports, bundled and minified by `deno bundle`."
        : "Size: the sum of all modules as they are, for `deno bundle` needs a network once."),
    columns: ["", ...FUNCTION_NAMES],
    rows: [
      row("importing it (ms)", (name) => spread(starts[name]!.map(({ importMs }) => importMs))),
      row(
        "its first answer, then (ms)",
        (name) => spread(starts[name]!.map(({ firstAnswerMs }) => firstAnswerMs)),
      ),
      row(
        "cold start: both (ms)",
        (name) => spread(starts[name]!.map((one) => one.importMs + one.firstAnswerMs)),
      ),
      row(
        "from the command to its end (ms)",
        (name) => spread(starts[name]!.map(({ processMs }) => processMs)),
      ),
      row("size (KiB)", (_, index) => (sizes[index]!.bytes / 1024).toFixed(0)),
      row("gzipped (KiB)", (_, index) => {
        const { gzippedBytes } = sizes[index]!;
        return gzippedBytes === null ? "–" : (gzippedBytes / 1024).toFixed(0);
      }),
      row("memory at rest (MiB)", (_, index) => mebibytes(kept[index]!.atRest.rssBytes)),
      row("memory afterwards (MiB)", (_, index) => mebibytes(kept[index]!.afterwards.rssBytes)),
      row("heap at rest (MiB)", (_, index) => mebibytes(kept[index]!.atRest.heapBytes)),
      row("heap afterwards (MiB)", (_, index) => mebibytes(kept[index]!.afterwards.heapBytes)),
      row(
        "requests a second meanwhile",
        (_, index) => (requests / kept[index]!.secondsOfRequests).toFixed(0),
      ),
    ],
  };
}

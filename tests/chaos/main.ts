import { parseArgs } from "node:util";
import { startTemporaryStack } from "../../scripts/shared/temporary_stack.ts";
import { killChildren } from "./children.ts";
import { longTrouble } from "./plan.ts";
import { describeRun, runChaos, type RunResult } from "./run.ts";

const usage = `Usage: npm run chaos -- [options]

Lets ten people train together, each in a process of its own, while connections are cut, the Realtime
server dies, tokens expire, phones sleep and apps are closed; then compares what everybody has with
what the database has. A line for each run.

  --runs <n>      how many (default 1)
  --seconds <n>   how long the trouble lasts in each (default 60, at least 10)
  --seed <text>   what the decisions of the first run follow from (default: random); further runs
                  append their number

Ends with exit code 1 if anything was lost, doubled, out of order or different.`;

/** From the end of the trouble: more than a client's own looks after its connection take. */
const catchUpMs = 120_000;

const mostFaultsShown = 20;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      runs: { type: "string", default: "1" },
      seconds: { type: "string", default: "60" },
      seed: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return true;
  }
  const runs = wholeNumber("runs", values.runs, 1);
  const seconds = wholeNumber("seconds", values.seconds, 10);
  const seed = values.seed ?? crypto.randomUUID().slice(0, 8);
  const stack = await startTemporaryStack();
  let isStopping = false;
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, async () => {
      isStopping = true;
      killChildren();
      await stack.stop();
      Deno.exit(130);
    });
  }
  let good = 0;
  try {
    for (let run = 1; run <= runs; run++) {
      const ofRun = run === 1 ? seed : `${seed}-${run}`;
      console.log(`Run ${run} of ${runs}, seed ${ofRun} …`);
      let result: RunResult;
      try {
        result = await runChaos(stack.endpoints, ofRun, longTrouble(seconds), catchUpMs);
      } catch (error) {
        if (isStopping) return false;
        // Nothing to compare; the other runs may still tell something.
        console.log(`  seed ${ofRun}: BAD: ${error instanceof Error ? error.message : error}`);
        continue;
      }
      console.log(`  ${describeRun(result)}`);
      for (const fault of result.faults.slice(0, mostFaultsShown)) console.log(`    ${fault}`);
      if (result.faults.length === 0) good++;
    }
  } finally {
    await stack.stop();
  }
  console.log(`${good} of ${runs} runs good.`);
  return good === runs;
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name} takes a whole number from ${least} on, not "${text}".\n\n${usage}`);
}

try {
  Deno.exit(await main() ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}

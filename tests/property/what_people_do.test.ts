import fc from "fast-check";
import { afterAll, beforeAll, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { type Crowd, gather } from "../races/crowd.ts";
import { PEOPLE } from "./actions/action.ts";
import * as history from "./actions/history.ts";
import * as training from "./actions/training.ts";
import { audit } from "./audit.ts";
import { setUp } from "./beginning.ts";
import { Command, commandsOf, prelude } from "./commands.ts";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 20);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_123);
/** Where a failure was, as it is printed: goes straight there. */
const PATH = process.env.PROPERTY_PATH;
const COMMANDS = Number(process.env.PROPERTY_COMMANDS ?? 80);

let crowd: Crowd;
beforeAll(async () => {
  crowd = await gather(runningStack().DB_URL, PEOPLE);
});
afterAll(async () => {
  await crowd?.close();
});

it(`whatever five people do, the database does what the rules say (seed ${SEED})`, async () => {
  const commands = commandsOf(COMMANDS);
  await fc.assert(
    fc.asyncProperty(fc.boolean(), commands, async (guided, commands) => {
      const { model, real } = await setUp(crowd);
      for (const action of prelude(guided)) await new Command(action).run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await audit(real.owner, model);
    }),
    { numRuns: RUNS, seed: SEED, ...(PATH ? { path: PATH } : {}) },
  );
}, 60_000 + RUNS * 5_000);

it("a set between two of another training is measured against the one before it", async () => {
  const { model, real } = await setUp(crowd);
  const at = (exercise: string, weight: number, second: number) => ({
    exercise,
    weight,
    reps: 1,
    second,
  });
  const script = [
    ...prelude(false),
    history.importOf(0, [at("squat", 90, -90_000)]),
    history.importOf(0, [at("squat", 100, 1), at("squat", 150, 9)]),
    training.logOf(0, null, [{ ...at("squat", 95, 5), number: 0, warmup: false }]),
  ];
  for (const action of script) await new Command(action).run(model, real);
  await audit(real.owner, model);
});

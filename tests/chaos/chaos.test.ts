import { expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { shortTrouble } from "./plan.ts";
import { describeRun, runChaos } from "./run.ts";

// The short form of `npm run chaos`: real processes, every kind of trouble. Other decisions each
// time; a seed that fails is printed and can be set here to see the same again.

const catchUpMs = 90_000;

it("loses nothing, doubles nothing and mixes nothing up, whatever breaks", async () => {
  const seed = process.env.CHAOS_SEED ?? crypto.randomUUID().slice(0, 8);
  const result = await runChaos(runningStack(), seed, shortTrouble(), catchUpMs);
  console.log(describeRun(result));
  expect(result.faults, `seed ${seed}`).toEqual([]);
  // It was the trouble that it claims to be.
  const { mishaps, network, coached, tokens } = result;
  expect(Math.min(...Object.values(mishaps))).toBeGreaterThan(0);
  expect(mishaps).toMatchObject({ server_killed: 2, asleep: shortTrouble().clients });
  expect(coached.removals).toBe(2);
  expect(network.cuts).toBeGreaterThan(0);
  expect(tokens).toBeGreaterThan(shortTrouble().clients);
  expect(result.events).toBeGreaterThan(20);
}, 240_000);

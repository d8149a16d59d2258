import type { Benchmark } from "../benchmark.ts";
import { batch } from "./batch.ts";
import { contention } from "./contention.ts";
import { fanOut } from "./fan_out.ts";
import { functions } from "./functions.ts";
import { load } from "./load.ts";
import { naive } from "./naive.ts";
import { reads } from "./reads.ts";
import { set } from "./set.ts";
import { storage } from "./storage.ts";

/** Every benchmark, in the order of the report. */
export const benchmarks: readonly Benchmark[] = [
  set,
  batch,
  naive,
  reads,
  contention,
  functions,
  fanOut,
  load,
  storage,
];

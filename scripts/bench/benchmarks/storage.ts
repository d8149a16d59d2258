import { startLoneDatabase } from "../../shared/lone_database.ts";
import type { Benchmark } from "../benchmark.ts";
import { measureBytes } from "../storage/bytes.ts";
import { measureMonths } from "../storage/months.ts";
import { measureTraces } from "../storage/traces.ts";

/** Sessions of four people, one hour each. */
const SESSIONS = 1_500;

/** What training takes on disk, and what partitions by month bring. */
export const storage: Benchmark = {
  name: "storage",
  title: "Storage",
  async run({ short, log }) {
    const server = await startLoneDatabase("bench-", new AbortController().signal);
    try {
      const sessions = short ? 100 : SESSIONS;
      log(`${sessions} sessions of four people, to weigh them`);
      const bytes = await measureBytes(server, sessions);
      const traces = await measureTraces(server, short);
      log("the same database whole and partitioned by month, in turns");
      return [bytes, traces, ...await measureMonths(server, short)];
    } finally {
      await server.stop();
    }
  },
};

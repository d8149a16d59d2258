import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { startTemporaryStack } from "../shared/temporary_stack.ts";
import { checkCode } from "./code.ts";
import { checkMigrations } from "./migrations.ts";
import { runDatabaseTests } from "./pgtap.ts";
import { supabaseEndpoints } from "./supabase_start.ts";
import { headline, sum, type Tally } from "./tally.ts";
import { runVitest } from "./vitest.ts";

/**
 * Runs the tests: all of them, or the one part named by the first argument. Further arguments
 * narrow what vitest runs.
 *
 *   code      formatting, lint rules, types
 *   db        names of the migrations, pgTAP
 *   unit      vitest beside the functions
 *   e2e       vitest over HTTP and WebSocket
 *   stack     vitest on the embedded stack itself
 *   supabase  the portable part of e2e against a stack that `supabase start` has started
 */
const parts = ["code", "db", "unit", "e2e", "stack", "supabase"] as const;
type Part = typeof parts[number];

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const only = parts.find((part) => part === Deno.args[0]);
const filters = only ? Deno.args.slice(1) : Deno.args;

/** Whether a part runs: a filter is about vitest, so it leaves the rest out. */
function wanted(part: Exclude<Part, "supabase">): boolean {
  if (only) return only === part;
  return filters.length === 0 || part === "unit" || part === "e2e" || part === "stack";
}

async function runParts(tallies: Tally[]): Promise<void> {
  if (only === "supabase") {
    // What holds anywhere; the rest is about the embedded stack, its Realtime server and our tools.
    const portable = ["tests/functions", "tests/races"];
    const endpoints = await supabaseEndpoints(checkout);
    tallies.push(
      await runVitest(checkout, ["e2e"], filters.length > 0 ? filters : portable, endpoints),
    );
    return;
  }
  if (wanted("code")) tallies.push(await checkCode(checkout));
  if (wanted("db")) tallies.push(await checkMigrations(checkout));

  const projects = (["unit", "e2e", "stack"] as const).filter(wanted);
  if (!wanted("db") && !projects.includes("e2e")) {
    if (projects.length > 0) tallies.push(await runVitest(checkout, projects, filters));
    return;
  }
  headline("A stack for the tests");
  const started = performance.now();
  const stack = await startTemporaryStack();
  console.log(`  ✓ ready in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  try {
    if (wanted("db")) tallies.push(await runDatabaseTests(checkout, stack.endpoints.DB_URL));
    if (projects.length > 0) {
      tallies.push(await runVitest(checkout, projects, filters, stack.endpoints));
    }
  } finally {
    await stack.stop();
  }
}

const started = performance.now();
const tallies: Tally[] = [];
try {
  await runParts(tallies);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  tallies.push({ passed: 0, failed: 1 });
}
const total = sum(tallies);
console.log(`\nTook ${((performance.now() - started) / 1000).toFixed(1)} s.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
Deno.exit(total.failed > 0 ? 1 : 0);

import { join } from "node:path";
import postgres from "postgres";
import { listTestFiles, runTestScript } from "./pgtap_file.ts";
import { checked, headline, sum, type Tally } from "./tally.ts";

/**
 * Runs supabase/tests/*.sql in the order of their names, each on a connection of its own as
 * `postgres`, as `supabase test db` does.
 */
export async function runDatabaseTests(checkout: string, databaseUrl: string): Promise<Tally> {
  headline("Database (pgTAP)");
  const paths = await listTestFiles(checkout);
  const admin = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await admin`create extension if not exists pgtap with schema extensions`;
  } finally {
    await admin.end();
  }
  const tallies: Tally[] = [];
  for (const path of paths) tallies.push(await runFile(path, databaseUrl));
  return paths.length > 0
    ? sum(tallies)
    : checked(false, `there are no tests in ${join(checkout, "supabase", "tests")}`);
}

async function runFile(path: string, databaseUrl: string): Promise<Tally> {
  const started = performance.now();
  const { passed, failures } = await runTestScript(await Deno.readTextFile(path), databaseUrl);
  const name = path.slice(path.lastIndexOf("supabase"));
  const duration = Math.round(performance.now() - started);
  console.log(`  ${failures.length === 0 ? "✓" : "✗"} ${name}: ${passed} passed (${duration} ms)`);
  for (const failure of failures) console.log(`    not ok: ${failure}`);
  return { passed, failed: failures.length };
}

import { basename } from "node:path";
import { checkout } from "../../scripts/shared/checkout.ts";
import { listTestFiles, runTestScript } from "../../scripts/test/pgtap_file.ts";

/** Runs supabase/tests in the database of the first argument and prints what fails, as JSON. */
const failures: [file: string, text: string][] = [];
let passed = 0;
for (const path of await listTestFiles(checkout)) {
  const result = await runTestScript(await Deno.readTextFile(path), Deno.args[0]!);
  passed += result.passed;
  failures.push(...result.failures.map((text): [string, string] => [basename(path), text]));
}
console.log(JSON.stringify({ passed, failures }));
Deno.exit(0);

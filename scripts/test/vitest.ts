import { join } from "node:path";
import { z } from "zod";
import type { Endpoints } from "../stack/state.ts";
import { headline, type Tally } from "./tally.ts";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({
    name: z.string(),
    status: z.string(),
    assertionResults: z.array(z.unknown()),
  })),
});

/**
 * Runs vitest.
 *
 * @param projects which of vitest.config.ts's projects
 * @param filters narrow the run, as on vitest's own command line
 * @param endpoints the stack that the end-to-end tests use
 */
export async function runVitest(
  checkout: string,
  projects: readonly string[],
  filters: readonly string[],
  endpoints?: Endpoints,
): Promise<Tally> {
  headline(`Vitest: ${projects.join(", ")}`);
  const report = await Deno.makeTempFile({ prefix: "vitest-", suffix: ".json" });
  try {
    const { code } = await new Deno.Command("node", {
      args: [
        join(checkout, "node_modules", "vitest", "vitest.mjs"),
        "run",
        ...projects.map((project) => `--project=${project}`),
        "--reporter=default",
        "--reporter=json",
        `--outputFile=${report}`,
        ...filters,
      ],
      cwd: checkout,
      env: endpoints ? { STACK_UNDER_TEST: JSON.stringify(endpoints) } : {},
      stdin: "null",
    }).spawn().status;
    const parsed = reportSchema.safeParse(await readReport(report));
    if (!parsed.success) return { passed: 0, failed: 1 };
    const { numPassedTests, numFailedTests, testResults } = parsed.data;
    // A file that does not even load has no tests to fail.
    const unloadable = testResults.filter(({ status, assertionResults }) =>
      status === "failed" && assertionResults.length === 0
    ).length;
    const failed = numFailedTests + unloadable;
    return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
  } finally {
    await Deno.remove(report).catch(() => {});
  }
}

async function readReport(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch {
    return undefined;
  }
}

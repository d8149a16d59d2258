import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkout } from "../shared/checkout.ts";
import type { Settings } from "./benchmark.ts";
import { benchmarks } from "./benchmarks/all.ts";
import { render, type Result, show } from "./report.ts";
import { versions } from "./versions.ts";

const usage = `Usage: npm run bench [-- [name…] [--short]]

Measures, and writes docs/benchmarks.md when everything was measured in full.

${benchmarks.map(({ name, title }) => `  ${name.padEnd(12)} ${title}`).join("\n")}

  --short      only whether the benchmarks still run; no figures to rely on`;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    args: Deno.args,
    allowPositionals: true,
    options: {
      short: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const unknown = positionals.find((name) => !benchmarks.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`There is no benchmark ${unknown}.\n\n${usage}`);
  const wanted = benchmarks.filter(({ name }) =>
    positionals.length === 0 || positionals.includes(name)
  );
  const settings: Settings = { short: values.short, log: (line) => console.log(`  ${line}`) };
  const results: Result[] = [];
  for (const benchmark of wanted) {
    console.log(`\n== ${benchmark.title} (${benchmark.name})`);
    const startedAt = performance.now();
    const findings = await benchmark.run(settings);
    results.push({ benchmark, findings, seconds: (performance.now() - startedAt) / 1000 });
    findings.forEach((finding) => console.log(show(finding)));
  }
  if (values.short || wanted.length < benchmarks.length) return;
  const report = render(results, {
    command: "npm run bench",
    date: new Date().toISOString().slice(0, 10),
    versions: await versions(),
  });
  await Deno.writeTextFile(join(checkout, "docs", "benchmarks.md"), report);
  console.log("\nWrote docs/benchmarks.md.");
}

try {
  await run();
  Deno.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.stack ?? error.message : error);
  Deno.exit(1);
}

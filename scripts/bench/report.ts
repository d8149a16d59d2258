import { cpus, totalmem } from "node:os";
import { type Benchmark, type Finding, isMet } from "./benchmark.ts";

/** A benchmark and what it found. */
export interface Result {
  readonly benchmark: Benchmark;
  readonly findings: readonly Finding[];
  /** How long it took. */
  readonly seconds: number;
}

/** What the figures depend on. */
export interface Circumstances {
  readonly command: string;
  readonly date: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** The whole report as Markdown. */
export function render(results: readonly Result[], circumstances: Circumstances): string {
  const goals = results.flatMap(({ findings }) =>
    findings.flatMap((finding) => (finding.goals ?? []).map((goal) => ({ finding, goal })))
  );
  const missed = goals.filter(({ goal }) => !isMet(goal));
  return [
    "# Benchmarks",
    "",
    `Written by \`${circumstances.command}\`, which measures all of this anew. Compare ratios, which`,
    "hold from machine to machine, rather than times, which do not: each pair was measured in turns, in",
    "one run, on one machine.",
    "",
    ...machine(circumstances),
    "",
    "## Goals",
    "",
    missed.length === 0
      ? `All ${goals.length} are met.`
      : `**${missed.length} of ${goals.length} are missed:** ` +
        `${missed.map(({ goal }) => goal.what).join("; ")}.`,
    "",
    ...table(
      ["", "measured", "goal", ""],
      goals.map(({ goal }) => [
        goal.what,
        figure(goal.measured),
        `${goal.kind} ${figure(goal.limit)}`,
        isMet(goal) ? "met" : "**missed**",
      ]),
    ),
    ...results.flatMap(chapter),
    "",
  ].join("\n");
}

/** A finding for the terminal. */
export function show(finding: Finding): string {
  const lines = [finding.columns, ...finding.rows];
  const widths = finding.columns.map((_, column) =>
    Math.max(...lines.map((line) => line[column]!.length))
  );
  return [
    "",
    finding.title,
    ...lines.map((line) =>
      `  ${line.map((cell, column) => cell.padEnd(widths[column]!)).join("  ")}`.trimEnd()
    ),
    ...(finding.goals ?? []).map((goal) =>
      `  ${isMet(goal) ? "✓" : "✗"} ${goal.what}: ${figure(goal.measured)}, ${goal.kind} ${
        figure(goal.limit)
      }`
    ),
  ].join("\n");
}

function machine({ date, versions }: Circumstances): string[] {
  const processor = cpus()[0]?.model ?? "unknown processor";
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    ...table(["machine", ""], [
      ["processor", `${processor}, ${cpus().length} cores`],
      ["memory", memory],
      ...Object.entries(versions),
      ["date", date],
    ]),
    "",
    "Clients, servers and the database share these cores.",
  ];
}

function chapter({ benchmark, findings, seconds }: Result): string[] {
  return [
    "",
    `## ${benchmark.title}`,
    "",
    `\`npm run bench -- ${benchmark.name}\`, ${Math.round(seconds)} s.`,
    ...findings.flatMap((finding) => [
      "",
      `### ${finding.title}`,
      "",
      finding.about,
      "",
      ...table(finding.columns, finding.rows),
      ...(finding.notes ?? []).flatMap((note) => ["", note]),
    ]),
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [
    `| ${columns.join(" | ")} |`,
    `|${columns.map((_, index) => (index === 0 ? "---" : "---:")).join("|")}|`,
    ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`),
  ];
}

function figure(value: number): string {
  return value.toFixed(2);
}

import type { Report } from "../report.ts";
import { columns } from "../text/columns.ts";
import { bytes, milliseconds, moment, whole } from "../text/units.ts";
import type { Section } from "./section.ts";

/** How many functions and tables are named; the rest is summed up. */
const SHOWN = 15;

/** Where the time of triggers and commands goes. */
export function functionTimes(report: Report): Section {
  const title = `Triggers and commands, ${since(report)}`;
  if (report.track_functions !== "all") {
    const which = report.track_functions === "none" ? "no functions" : "PL/pgSQL functions only";
    const notTracked = [
      `The server times ${which}: track_functions = ${report.track_functions}.`,
      "Only a superuser sets it to all, so not the owner of a project on the platform.",
    ];
    if (report.function_times.length === 0) return { title, lines: notTracked };
    return { title, lines: timeTable(report), notes: notTracked };
  }
  if (report.function_times.length === 0) return { title, lines: ["None has been called."] };
  return {
    title,
    lines: timeTable(report),
    notes: [
      ...rest(report.function_times.length, "function"),
      "The server adds calls up after some seconds: the latest may be missing.",
    ],
  };
}

function timeTable({ function_times: times }: Report): string[] {
  return columns([
    { heading: "function", align: "left", text: (row) => row.function },
    { heading: "calls", align: "right", text: (row) => whole(row.calls) },
    { heading: "a call", align: "right", text: (row) => milliseconds(row.ms_a_call ?? 0) },
    { heading: "in all", align: "right", text: (row) => milliseconds(row.total_ms) },
    { heading: "itself", align: "right", text: (row) => milliseconds(row.self_ms) },
  ], times.slice(0, SHOWN));
}

/** Indexes that cost writes and have helped no query. */
export function unusedIndexes(report: Report): Section {
  const title = `Indexes no query has used, ${since(report)}`;
  const unused = report.unused_indexes;
  if (unused.length === 0) return { title, lines: ["None."] };
  return {
    title,
    lines: columns([
      { heading: "table", align: "left", text: (row) => row.table_name },
      { heading: "index", align: "left", text: (row) => row.index_name },
      { heading: "size", align: "right", text: (row) => bytes(row.bytes) },
    ], unused),
    notes: ["Means something only after days of ordinary use: small tables are read without any."],
  };
}

/** Where the space goes, the largest first. */
export function tableSizes({ table_sizes: sizes }: Report): Section {
  const total = sizes.reduce((sum, row) => sum + row.table_bytes + row.index_bytes, 0);
  return {
    title: "Tables, the largest first",
    lines: columns([
      { heading: "table", align: "left", text: (row) => `${row.schema_name}.${row.table_name}` },
      {
        heading: "rows",
        align: "right",
        text: ({ estimated_rows: rows }) => rows === null ? "?" : `~${whole(rows)}`,
      },
      { heading: "table", align: "right", text: (row) => bytes(row.table_bytes) },
      { heading: "indexes", align: "right", text: (row) => bytes(row.index_bytes) },
    ], sizes.slice(0, SHOWN)),
    notes: [
      `${bytes(total)} in all. Rows are estimates: ? before the first analyze.`,
      ...rest(sizes.length, "table"),
    ],
  };
}

function rest(all: number, what: string): string[] {
  const more = all - SHOWN;
  return more > 0 ? [`… and ${more} more ${what}${more > 1 ? "s" : ""}.`] : [];
}

/** Since when the server's own statistics count. */
function since({ statistics_since, server_started_at }: Report): string {
  return statistics_since === null
    ? `since the database was made (server up since ${moment(server_started_at)})`
    : `since ${moment(statistics_since)}`;
}

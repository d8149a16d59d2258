import type { Report } from "./report.ts";
import { lastHours, now, refusals, setsPerMinute, timeToFirstSet } from "./sections/activity.ts";
import { functionTimes, tableSizes, unusedIndexes } from "./sections/database.ts";
import { moment } from "./text/units.ts";

const SECTIONS = [
  now,
  lastHours,
  setsPerMinute,
  timeToFirstSet,
  refusals,
  functionTimes,
  unusedIndexes,
  tableSizes,
];

/**
 * The report for a person at a terminal.
 *
 * @param place which database it is about
 */
export function render(report: Report, place: string): string {
  const blocks = SECTIONS.map((section) => {
    const { title, lines, notes = [] } = section(report);
    return [title, ...lines.map((line) => `  ${line}`), ...notes.map((note) => `  (${note})`)]
      .join("\n");
  });
  return [`${place} at ${moment(report.at)}`, ...blocks].join("\n\n");
}

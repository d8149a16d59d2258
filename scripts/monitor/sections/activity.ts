import type { Report } from "../report.ts";
import { chart } from "../text/chart.ts";
import { columns, pairs } from "../text/columns.ts";
import { clock, seconds, whole } from "../text/units.ts";
import type { Section } from "./section.ts";

const HOURS = 12;
const MINUTES = 60;

/** What is going on at this moment. */
export function now({ active_now: now }: Report): Section {
  return {
    title: "Now",
    lines: pairs([
      ["active sessions", whole(now.active_sessions)],
      ["pending sessions", whole(now.pending_sessions)],
      ["people in sessions", whole(now.people_in_sessions)],
      ["people training", whole(now.people_training)],
    ]),
  };
}

/** What came and went, by hour, the latest first. */
export function lastHours(report: Report): Section {
  const title = `Last ${HOURS} hours (UTC)`;
  const since = report.at.getTime() - HOURS * 3_600_000;
  const hours = report.sessions_per_hour.filter(({ hour }) => hour.getTime() > since).reverse();
  if (hours.length === 0) return { title, lines: ["Nothing happened."] };
  const number = (heading: "created" | "started" | "ended" | "joined" | "departed") => ({
    heading,
    align: "right" as const,
    text: (row: Report["sessions_per_hour"][number]) => whole(row[heading]),
  });
  return {
    title,
    lines: columns([
      { heading: "hour", align: "left", text: ({ hour }) => clock(hour) },
      number("created"),
      number("started"),
      number("ended"),
      number("joined"),
      number("departed"),
    ], hours),
    notes: hours.length < HOURS ? ["Hours in which nothing happened are left out."] : [],
  };
}

/** Sets logged in each minute of the last hour. */
export function setsPerMinute(report: Report): Section {
  const minute = 60_000;
  const last = Math.floor(report.at.getTime() / minute) * minute;
  const counted = new Map(report.sets_per_minute.map((row) => [row.minute.getTime(), row.sets]));
  const moments = Array.from(
    { length: MINUTES },
    (_, index) => last - (MINUTES - 1 - index) * minute,
  );
  const values = moments.map((moment) => counted.get(moment) ?? 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  const title = "Sets a minute, last hour (UTC)";
  if (total === 0) return { title, lines: ["No sets."] };
  return {
    title,
    lines: chart(values, clock(new Date(moments[0]!)), clock(new Date(last))),
    notes: [`${whole(total)} sets in all; the last minute is not over.`],
  };
}

/** How soon people train once a session has started. */
export function timeToFirstSet({ time_to_first_set: time }: Report): Section {
  const title = "From start to first set, sessions of the last day";
  const all = time.sessions + time.sessions_without_a_set;
  if (all === 0) return { title, lines: ["No session has started."] };
  const known = (value: number | null) => value === null ? "–" : seconds(value);
  return {
    title,
    lines: pairs([
      ["median", known(time.median_seconds)],
      ["95 % within", known(time.p95_seconds)],
      ["sessions with a set", whole(time.sessions)],
      ["sessions without", whole(time.sessions_without_a_set)],
    ]),
  };
}

/** What was refused, by code. */
export function refusals(report: Report): Section {
  const refused = report.refusals.filter((row) => row.refused > 0);
  return {
    title: "Refusals, since the beginning",
    lines: refused.length === 0 ? ["None."] : columns([
      { heading: "code", align: "left", text: ({ code }) => code },
      { heading: "status", align: "right", text: ({ status }) => status ?? "–" },
      { heading: "times", align: "right", text: (row) => whole(row.refused) },
    ], refused),
    notes: [
      "Not counted: what reading calls and edge functions refuse by themselves.",
      "A crash of the server may add up to 32 to each.",
    ],
  };
}

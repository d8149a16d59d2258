import { describe, expect, it } from "vitest";
import { render } from "./render.ts";
import type { Report } from "./report.ts";

const at = new Date("2026-11-23T10:30:20Z");
const minutesAgo = (minutes: number) => new Date(Date.UTC(2026, 10, 23, 10, 30) - minutes * 60_000);

const quiet: Report = {
  at,
  statistics_since: null,
  server_started_at: new Date("2026-11-20T00:00:00Z"),
  track_functions: "none",
  active_now: {
    pending_sessions: 0,
    active_sessions: 0,
    people_in_sessions: 0,
    people_training: 0,
  },
  sessions_per_hour: [],
  sets_per_minute: [],
  time_to_first_set: {
    sessions: 0,
    sessions_without_a_set: 0,
    median_seconds: null,
    p95_seconds: null,
  },
  refusals: [{ code: "not_host", status: "403", refused: 0 }],
  function_times: [],
  unused_indexes: [],
  table_sizes: [],
};

/** The lines below a title, up to the next. */
function section(report: Report, title: string): string[] {
  const lines = render(report, "here/postgres").split("\n");
  const start = lines.findIndex((line) => line.startsWith(title));
  expect(start, title).toBeGreaterThan(0);
  const end = lines.indexOf("", start);
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

describe("a report in which nothing has happened", () => {
  it("says so", () => {
    expect(render(quiet, "here/postgres")).toMatch(/^here\/postgres at 2026-11-23 10:30 UTC\n/);
    expect(section(quiet, "Last 12 hours")).toEqual(["  Nothing happened."]);
    expect(section(quiet, "Sets a minute")).toEqual(["  No sets."]);
    expect(section(quiet, "From start")).toEqual(["  No session has started."]);
    expect(section(quiet, "Refusals")[0]).toBe("  None.");
    expect(section(quiet, "Indexes")).toEqual(["  None."]);
  });

  it("tells what is not timed from what has not been called", () => {
    expect(section(quiet, "Triggers")[0]).toBe(
      "  The server times no functions: track_functions = none.",
    );
    expect(section({ ...quiet, track_functions: "all" }, "Triggers")).toEqual([
      "  None has been called.",
    ]);
  });
});

describe("a report", () => {
  it("aligns words left and numbers right", () => {
    const refusals = [
      { code: "not_host", status: "403", refused: 1234 },
      { code: "session_not_found", status: "404", refused: 7 },
    ];
    expect(section({ ...quiet, refusals }, "Refusals").slice(0, 3)).toEqual([
      "  code                status   times",
      "  not_host               403   1,234",
      "  session_not_found      404       7",
    ]);
  });

  it("shows the last twelve hours, the latest first", () => {
    const hour = (hours: number) => ({
      hour: new Date(Date.UTC(2026, 10, 23, 10 - hours)),
      created: hours,
      started: 0,
      ended: 0,
      joined: 0,
      departed: 0,
    });
    const lines = section({ ...quiet, sessions_per_hour: [hour(30), hour(9), hour(0)] }, "Last");
    expect(lines.slice(1, -1).map((line) => line.trim().split(/\s+/).slice(0, 2))).toEqual([
      ["10:00", "0"],
      ["01:00", "9"],
    ]);
    expect(lines.at(-1)).toMatch(/left out/);
  });

  it("draws a bar for each minute of the last hour", () => {
    const sets = (minutes: number, count: number) => ({
      minute: minutesAgo(minutes),
      sets: count,
      people: 1,
      sessions: 1,
    });
    const lines = section({
      ...quiet,
      sets_per_minute: [sets(60, 500), sets(59, 1), sets(1, 20), sets(0, 40)],
    }, "Sets");
    expect(lines).toEqual([
      `  40 ┤${" ".repeat(59)}█`,
      `     │${" ".repeat(59)}█`,
      `     │${" ".repeat(58)}██`,
      `     │▁${" ".repeat(57)}██`,
      `   0 └${"─".repeat(60)}`,
      `      09:31${" ".repeat(50)}10:30`,
      "  (61 sets in all; the last minute is not over.)",
    ]);
  });

  it("names the fifteen costliest functions and counts the rest", () => {
    const times = Array.from({ length: 17 }, (_, index) => ({
      function: `f${index}`,
      calls: 2000,
      total_ms: 3_600_000 - index,
      self_ms: 1,
      ms_a_call: 0.25,
    }));
    const lines = section({ ...quiet, track_functions: "all", function_times: times }, "Triggers");
    expect(lines).toHaveLength(18);
    expect(lines[1]).toMatch(/f0 +2,000 +250 µs +60 min +1\.0 ms/);
    expect(lines.at(-2)).toBe("  (… and 2 more functions.)");
  });

  it("says since when, once statistics have been reset", () => {
    const report = { ...quiet, statistics_since: new Date("2026-11-22T08:00:00Z") };
    expect(render(report, "here/postgres")).toContain(
      "Indexes no query has used, since 2026-11-22 08:00 UTC",
    );
  });
});

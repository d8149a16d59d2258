import { beforeAll, describe, expect, it } from "vitest";
import { withDatabase } from "../helpers/database.ts";
import { call, expectProblem } from "../helpers/api.ts";
import { createPeople } from "../helpers/people.ts";
import { joinSession, openSession, startSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { runScript } from "./script.ts";

const environment = () => ({ DATABASE_URL: runningStack().DB_URL });

async function readJson() {
  const result = await runScript("monitor", ["--json"], environment());
  expect(result).toMatchObject({ code: 0, errors: "" });
  return JSON.parse(result.output);
}

const refusedNotHost = (report: { refusals: { code: string; refused: number }[] }) =>
  report.refusals.find(({ code }) => code === "not_host")?.refused ?? 0;

describe("npm run monitor", () => {
  let before: Awaited<ReturnType<typeof readJson>>;

  beforeAll(async () => {
    before = await readJson();
    const [host, guest] = await createPeople("Host", "Guest");
    const session = await openSession(host);
    await joinSession(session.id, guest);
    await startSession(session.id, host);
    await withDatabase((sql) =>
      sql`insert into public.live_session_sets
        (session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
        select ${session.id}, ${host.id}, 'squat', 'Squat', 100, 5, ${Date.now()}
        from generate_series(1, 3)`
    );
    // Row counts are estimates of the last analyze; before the first one there are none.
    await withDatabase((sql) => sql`analyze public.live_session_sets`);
    expectProblem(await call("POST", `/sessions/${session.id}/end`, guest), "not_host");
  });

  it("says as JSON what has happened", async () => {
    const report = await readJson();
    expect(report.active_now.active_sessions).toBeGreaterThanOrEqual(1);
    expect(report.active_now.people_in_sessions).toBeGreaterThanOrEqual(2);
    const sum = (rows: Record<string, number>[], column: string) =>
      rows.reduce((total, row) => total + (row[column] ?? Number.NaN), 0);
    expect(sum(report.sets_per_minute, "sets")).toBeGreaterThanOrEqual(3);
    expect(sum(report.sessions_per_hour, "created"))
      .toBeGreaterThan(sum(before.sessions_per_hour, "created"));
    expect(report.time_to_first_set.sessions).toBeGreaterThanOrEqual(1);
    expect(refusedNotHost(report)).toBeGreaterThan(refusedNotHost(before));
    expect(report.table_sizes.length).toBeGreaterThanOrEqual(11);
    expect(new Date(report.at).getTime()).toBeGreaterThan(Date.now() - 60_000);
  });

  it("prints it for a person", async () => {
    const { output, code } = await runScript("monitor", [], environment());
    expect(code).toBe(0);
    const titles = output.split("\n").filter((line) => /^[A-Z]/.test(line));
    expect(titles.map((title) => title.replace(/[,(].*/, "").trim())).toEqual([
      "Now",
      "Last 12 hours",
      "Sets a minute",
      "From start to first set",
      "Refusals",
      "Triggers and commands",
      "Indexes no query has used",
      "Tables",
    ]);
    expect(output).toMatch(/^ {2}active sessions +\d+$/m);
    expect(output).toMatch(/^ {2}not_host +403 +\d+$/m);
    expect(output).toMatch(/public\.live_session_sets +~\d+/);
    expect(output).not.toContain("postgres:postgres");
  });

  it.each([
    ["postgresql://postgres:secret@127.0.0.1:1/postgres", /does not answer: .*ECONNREFUSED/],
    ["somewhere", /has the form postgresql:/],
  ])("says what is wrong with %s", async (url, message) => {
    const result = await runScript("monitor", ["--json", "--db-url", url]);
    expect(result).toMatchObject({ code: 1, output: "" });
    expect(result.errors).toMatch(message);
    expect(result.errors).not.toMatch(/secret|\bat .*\.ts:/);
  });

  it("says so if there is no database at all", async () => {
    const result = await runScript("monitor", [], {
      DATABASE_URL: "",
      STACK_DATA_DIR: "/nowhere/at/all",
    });
    expect(result).toMatchObject({ code: 1, output: "" });
    expect(result.errors).toMatch(/No stack is running here/);
  });

  it("is not for people who use the application", async () => {
    await expect(withDatabase((sql) =>
      sql.begin(async (transaction) => {
        await transaction`set local role authenticated`;
        await transaction`select * from monitoring.active_now`;
      })
    )).rejects.toMatchObject({ code: "42501" });
  });
});

import { connect, type Database, type Login } from "./connect.ts";

/** What the project's migrations schedule with pg_cron, and how often (milliseconds). */
const jobs = [
  { name: "private.run_clock", interval: 5_000 },
  { name: "private.run_janitor", interval: 60_000 },
];

/**
 * Calls the project's scheduled functions, as pg_cron does on the platform, which this PostgreSQL
 * does not have. A project without them is left alone.
 *
 * @param login the owner of the database, as whom pg_cron runs its jobs
 * @param report gets a line about a run that failed; the next one is tried all the same
 */
export function startJanitor(login: Login, report: (line: string) => void): { stop(): void } {
  const database = connect(login);
  const timers = jobs.map(({ name, interval }) => {
    let isRunning = false;
    return setInterval(async () => {
      if (isRunning) return;
      isRunning = true;
      try {
        await runIfThere(database, name);
      } catch (error) {
        report(`${name}() failed: ${error instanceof Error ? error.message : error}`);
      } finally {
        isRunning = false;
      }
    }, interval);
  });
  return {
    stop() {
      timers.forEach(clearInterval);
      database.end({ timeout: 1 }).catch(() => {});
    },
  };
}

async function runIfThere(database: Database, name: string): Promise<void> {
  const [found] = await database`
    select to_regprocedure(${`${name}(timestamptz)`}) is not null as exists`;
  if (found?.exists) await database.unsafe(`select ${name}()`);
}

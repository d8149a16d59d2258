import { connect, type Login } from "./connect.ts";

const intervalMilliseconds = 60_000;

/**
 * Calls the project's janitor once a minute, as pg_cron does on the platform, which this PostgreSQL
 * does not have. A project without one is left alone.
 *
 * @param login the owner of the database, as whom pg_cron runs the job
 * @param report gets a line about a run that failed; the next one is tried all the same
 */
export function startJanitor(login: Login, report: (line: string) => void): { stop(): void } {
  const database = connect(login);
  let isRunning = false;
  async function run() {
    if (isRunning) return;
    isRunning = true;
    try {
      const [found] = await database`
        select to_regprocedure('private.run_janitor(timestamptz)') is not null as exists`;
      if (found?.exists) await database`select private.run_janitor()`;
    } catch (error) {
      report(`The janitor failed: ${error instanceof Error ? error.message : error}`);
    } finally {
      isRunning = false;
    }
  }
  const timer = setInterval(run, intervalMilliseconds);
  return {
    stop() {
      clearInterval(timer);
      database.end({ timeout: 1 }).catch(() => {});
    },
  };
}

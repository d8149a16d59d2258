import type { Database } from "./database.ts";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Makes the partitions that messages of the next days need and drops those nobody reads any more,
 * now and every hour: without today's partition messages are lost in silence. Raises if the first
 * time fails. Returns how to stop it.
 */
export async function maintainPartitions(
  database: Database,
  log: (line: string) => void,
): Promise<() => void> {
  const maintain = () => database.query("select realtime.maintain_message_partitions()");
  await maintain();
  const timer = setInterval(() => {
    maintain().catch((error: Error) =>
      log(`the partitions of realtime.messages could not be maintained: ${error.message}`)
    );
  }, HOUR_MS);
  return () => clearInterval(timer);
}

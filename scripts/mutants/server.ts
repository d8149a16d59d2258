import { type LoneDatabase, startLoneDatabase } from "../shared/lone_database.ts";

/** No statement of the tests takes nearly as long; a mutant may well run for ever. */
const statementTimeoutMilliseconds = 60_000;

/**
 * A database whose copies can be weakened: nobody else is connected to it.
 *
 * @throws StackError if it does not come up
 */
export async function startMutantServer(signal: AbortSignal): Promise<LoneDatabase> {
  const server = await startLoneDatabase("mutants-", signal);
  try {
    // Nothing here has to outlive a power cut.
    await server.admin`alter system set fsync = off`;
    await server.admin`select pg_reload_conf()`;
    await server.admin.unsafe(
      `alter role postgres set statement_timeout = ${statementTimeoutMilliseconds}`,
    );
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

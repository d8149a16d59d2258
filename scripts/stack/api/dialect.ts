import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type postgres from "postgres";
import { isDatabaseError } from "../database/connect.ts";
import { DatabaseUnavailable, noteLostDatabase } from "./request.ts";

/** A client of `postgres` with one connection, and a way to learn that it was lost. */
export interface SingleClient {
  sql: postgres.Sql;
  /** Set by the pool; the client's `onclose` has to call it. */
  lost(): void;
}

/** SQLSTATEs with which a server that goes down or comes up turns its clients away. */
const serverAway = /^(57P0[123]|08)/;
/** Codes of the client and of the operating system for a connection that failed. */
const connectionFailed = /^(CONNECTION_|CONNECT_|E[A-Z]+$|ERR_)/;

function tellsOfLostConnection(error: unknown): boolean {
  if (isDatabaseError(error)) return serverAway.test(error.code);
  return error instanceof DatabaseUnavailable ||
    (error instanceof Error && "code" in error && connectionFailed.test(String(error.code)));
}

/**
 * Kysely over single connections that are lent out one at a time.
 *
 * The dialect that lite brings along reserves connections of one pool. When the server ends one of
 * those in mid-transaction, the ROLLBACK that follows writes to a socket that is gone and takes the
 * whole process along. Here whatever follows is refused instead.
 */
export class SingleConnectionDialect implements Dialect {
  constructor(private readonly clients: readonly SingleClient[]) {}

  createAdapter = () => new PostgresAdapter();
  createQueryCompiler = () => new PostgresQueryCompiler();
  createIntrospector = (database: ConstructorParameters<typeof PostgresIntrospector>[0]) =>
    new PostgresIntrospector(database);
  createDriver = () => new LendingDriver(this.clients);
}

const textType = 25;

/**
 * The parameters as the client takes them. What lite casts to json is JSON text already; the client
 * would encode it once more and make a string of it.
 */
function jsonAsText(
  sql: postgres.Sql,
  query: CompiledQuery,
): postgres.ParameterOrJSON<never>[] {
  const parameters = [...query.parameters] as postgres.ParameterOrJSON<never>[];
  for (const [, number] of query.sql.matchAll(/\$(\d+)::jsonb?\b/g)) {
    const index = Number(number) - 1;
    const value = parameters[index];
    if (typeof value === "string") parameters[index] = sql.typed(value as never, textType);
  }
  return parameters;
}

class LendingDriver extends PostgresDriver {
  readonly #free: SingleClient[];
  readonly #waiting: ((client: SingleClient) => void)[] = [];

  constructor(private readonly clients: readonly SingleClient[]) {
    // The driver's own pool is never used: everything that touches it is overridden.
    super({} as ConstructorParameters<typeof PostgresDriver>[0]);
    this.#free = [...clients];
  }

  override init(): Promise<void> {
    return Promise.resolve();
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const client = this.#free.pop() ??
      await new Promise<SingleClient>((resolve) => this.#waiting.push(resolve));
    return new LentConnection(client);
  }

  override releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof LentConnection) {
      const client = connection.giveBack();
      const next = this.#waiting.shift();
      if (next) next(client);
      else this.#free.push(client);
    }
    return Promise.resolve();
  }

  override async destroy(): Promise<void> {
    await Promise.all(this.clients.map(({ sql }) => sql.end({ timeout: 1 })));
  }
}

class LentConnection implements DatabaseConnection {
  readonly #loss = Promise.withResolvers<never>();
  #lost = false;

  constructor(private readonly client: SingleClient) {
    this.#loss.promise.catch(() => {});
    client.lost = () => this.#lose();
  }

  giveBack(): SingleClient {
    this.client.lost = () => {};
    return this.client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = await this.#run(query);
    const changes = ["INSERT", "UPDATE", "DELETE", "MERGE"].includes(result.command);
    return {
      rows: Array.from(result) as unknown[] as Row[],
      ...(changes ? { numAffectedRows: BigInt(result.count) } : {}),
    };
  }

  async #run(query: CompiledQuery) {
    try {
      if (this.#lost) return await this.#loss.promise;
      // A query sent to a socket that has failed but is not closed yet never settles by itself.
      return await Promise.race([
        this.client.sql.unsafe(query.sql, jsonAsText(this.client.sql, query)),
        this.#loss.promise,
      ]);
    } catch (error) {
      if (tellsOfLostConnection(error)) {
        noteLostDatabase();
        this.#lose();
      }
      throw error;
    }
  }

  #lose(): void {
    this.#lost = true;
    this.#loss.reject(new DatabaseUnavailable("The connection to the database was lost."));
  }

  // deno-lint-ignore require-yield -- the server never streams rows to lite
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    await Promise.reject(new Error("Streaming is not supported."));
  }
}

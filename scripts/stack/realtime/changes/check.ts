import type { Database, Query } from "../database.ts";
import { StatementError } from "../database.ts";
import { publishedTables, readPrivileges, readTable } from "./catalog.ts";
import { checkFilter } from "./conditions.ts";
import { FilterError } from "./filters.ts";
import { PROJECT_ROLE } from "./project_role.ts";
import { type ChangeRequest, ChangeRequestError, describeRequest } from "./request.ts";

/** As the platform names the SQLSTATEs that its messages hold. */
const conditionNames: Readonly<Record<string, string>> = {
  P0001: "raise_exception",
  "22P02": "invalid_text_representation",
  "42883": "undefined_function",
  "22007": "invalid_datetime_format",
  "22003": "numeric_value_out_of_range",
  "2201B": "invalid_regular_expression",
};

/**
 * Finds out whether a role may subscribe to what it asks for: is it published, do its columns
 * exist for the role, do its filters fit their types. Raises ChangeRequestError, and
 * DatabaseUnavailable.
 */
export function checkRequest(
  database: Database,
  request: ChangeRequest,
  role: string,
): Promise<void> {
  return database.rolledBack(async (query) => {
    const tables = await publishedTables(query, request);
    if (tables.length === 0) {
      throw new ChangeRequestError(
        "Unable to subscribe to changes with given parameters. Please check Realtime is enabled " +
          `for the given connect parameters: ${describeRequest(request)}`,
      );
    }
    try {
      for (const oid of tables) await checkTable(query, request, oid, role);
    } catch (error) {
      const described = describe(error);
      if (described === null) throw error;
      throw new ChangeRequestError(
        "Unable to subscribe to changes with given parameters. An exception happened so please " +
          `check your connect parameters: ${describeRequest(request)}. Exception: ${described}`,
      );
    }
  });
}

async function checkTable(
  query: Query,
  request: ChangeRequest,
  oid: number,
  role: string,
): Promise<void> {
  if (request.filters.length === 0 && request.select === null) return;
  const table = await readTable(query, oid);
  const selectable = (await readPrivileges(query, oid, [role])).get(role);
  const find = (name: string) =>
    table?.columns.find((column) => column.name === name && selectable?.has(name));
  for (const name of request.select ?? []) {
    if (!find(name)) throw new FilterError(`invalid column for select ${name}`);
  }
  await query("select set_config('role', $1, true)", [PROJECT_ROLE]);
  for (const filter of request.filters) {
    const column = find(filter.column);
    if (!column) throw new FilterError(`invalid column for filter ${filter.column}`);
    await checkFilter(query, filter, column);
  }
  await query("select set_config('role', 'none', true)");
}

function describe(error: unknown): string | null {
  if (error instanceof FilterError) return `ERROR P0001 (raise_exception) ${error.message}`;
  if (!(error instanceof StatementError)) return null;
  const name = conditionNames[error.code];
  return `ERROR ${error.code} ${name ? `(${name}) ` : ""}${error.message}`;
}

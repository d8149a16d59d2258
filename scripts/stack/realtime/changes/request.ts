import type { JsonObject } from "../json.ts";
import { type Filter, FilterError, parseFilters } from "./filters.ts";

/** What can happen to a row. */
export type ChangeType = "INSERT" | "UPDATE" | "DELETE";

/** Everything, in place of a schema, a table or an event. */
export const ANY = "*";

/** Which changes a client asks for. */
export interface ChangeRequest {
  readonly event: ChangeType | typeof ANY;
  readonly schema: string;
  readonly table: string;
  readonly filters: readonly Filter[];
  /** The columns wanted beside the primary key; null for all. */
  readonly select: readonly string[] | null;
}

/** A request that cannot be served; `message` goes to the client. */
export class ChangeRequestError extends Error {}

/** Reads an entry of `postgres_changes`. Raises ChangeRequestError. */
export function parseChangeRequest(params: JsonObject): ChangeRequest {
  const { schema, table } = params;
  const select = parseSelect(params.select);
  const named = {
    schema: typeof schema === "string" ? schema : undefined,
    table: typeof table === "string" ? table : undefined,
  };
  const unreadable = (schema !== undefined && named.schema === undefined) ||
    (table !== undefined && named.table === undefined) ||
    (named.schema === undefined && named.table === undefined) ||
    // With a filter it has to be one table, and said so.
    ("filter" in params && (typeof params.filter !== "string" || !named.schema || !named.table));
  if (unreadable) {
    throw new ChangeRequestError(
      "No subscription params provided. Please provide at least a `schema` or `table` to " +
        `subscribe to: ${JSON.stringify(params)}`,
    );
  }
  const request = {
    event: parseEvent(params.event),
    schema: named.schema ?? "public",
    table: named.table ?? ANY,
    filters: typeof params.filter === "string" ? readFilters(params.filter) : [],
    select,
  };
  if (select !== null && (request.schema === ANY || request.table === ANY)) {
    throw new ChangeRequestError(
      "Column selection is not supported for wildcard subscriptions. Provide an explicit schema " +
        "and table name.",
    );
  }
  return request;
}

/** A request as the platform names it in its messages. */
export function describeRequest({ event, schema, table, filters, select }: ChangeRequest): string {
  const text = (value: unknown) => JSON.stringify(value);
  const shown = filters.map(({ column, operator, value, negated }) =>
    `{${text(column)}, ${text(operator)}, ${text(value)}, ${negated}}`
  );
  const columns = select === null ? "nil" : `[${select.map(text).join(", ")}]`;
  return `[event: ${event}, schema: ${schema}, table: ${table}, filters: [${shown.join(", ")}], ` +
    `select: ${columns}]`;
}

function parseEvent(event: unknown): ChangeRequest["event"] {
  const name = typeof event === "string" ? event.toUpperCase() : ANY;
  return name === "INSERT" || name === "UPDATE" || name === "DELETE" ? name : ANY;
}

function readFilters(text: string): Filter[] {
  try {
    return parseFilters(text);
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    throw new ChangeRequestError(`Error parsing \`filter\` params: ${error.message}`);
  }
}

function parseSelect(select: unknown): string[] | null {
  if (typeof select === "string") {
    throw new ChangeRequestError(
      "Error parsing `select` params: expected a list of column name strings, e.g. select: " +
        '["col1", "col2"]',
    );
  }
  const names = Array.isArray(select)
    ? select.filter((name: unknown) => typeof name === "string")
    : [];
  return names.length === 0 ? null : names;
}

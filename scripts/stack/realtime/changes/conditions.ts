import type { Query } from "../database.ts";
import { StatementError } from "../database.ts";
import type { Column } from "./catalog.ts";
import { type Filter, FilterError } from "./filters.ts";

const MOST_VALUES = 100;
const UNDEFINED_OPERATOR = "42883";

const symbols = {
  eq: "=",
  neq: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
  like: "like",
  ilike: "ilike",
  match: "~",
  imatch: "~*",
} as const;

/**
 * Whether a value of a column, as Postgres prints it, passes a filter. What is neither true nor
 * false does not. Raises StatementError when the two cannot be compared.
 */
export async function passes(
  query: Query,
  filter: Filter,
  column: Column,
  value: string | null,
): Promise<boolean> {
  // `is` has no second operand that could be a parameter.
  const values = filter.operator === "is" ? [value] : [value, filter.value];
  const [row] = await query(`select ${condition(filter, column)} as passed`, values);
  return row?.passed === true;
}

/**
 * Refuses a filter that could not be used on a column. Raises FilterError with a text for the
 * client, or StatementError when its value does not fit the column's type.
 */
export async function checkFilter(query: Query, filter: Filter, column: Column): Promise<void> {
  const { operator, value } = filter;
  if (operator === "is") {
    if (!["null", "true", "false", "unknown"].includes(value)) {
      throw new FilterError(
        "invalid value for is filter: must be null, true, false, or unknown",
      );
    }
    if (value !== "null" && column.type !== "pg_catalog.bool") {
      throw new FilterError(
        `is ${value} filter requires a boolean column, got ${column.typeName}`,
      );
    }
    return;
  }
  if (operator === "in") {
    const [row] = await query(
      `select coalesce(cardinality(($1::text)::${column.type}[]), 0) as count`,
      [value],
    );
    if (Number(row?.count) > MOST_VALUES) {
      throw new FilterError(`too many values for \`in\` filter. Maximum ${MOST_VALUES}`);
    }
  }
  const pattern = operator in { like: 0, ilike: 0, match: 0, imatch: 0 };
  try {
    await passes(query, filter, column, null);
    // An empty text is something to try a regular expression on; null is not looked at.
    if (operator === "match" || operator === "imatch") await query("select '' ~ $1", [value]);
  } catch (error) {
    if (pattern && error instanceof StatementError && error.code === UNDEFINED_OPERATOR) {
      throw new FilterError(
        `operator ${operator} requires a text-compatible column type, got ${column.typeName}`,
      );
    }
    throw error;
  }
}

/** `$1` is the column's value, `$2` the filter's. */
function condition({ operator, value, negated }: Filter, { type }: Column): string {
  const left = `($1::text)::${type}`;
  const not = negated ? "not " : "";
  switch (operator) {
    case "is":
      return `${left} is ${not}${keyword(value)}`;
    case "isdistinct":
      return `${left} is ${not}distinct from ($2::text)::${type}`;
    case "in":
      return `${not}(${left} = any (($2::text)::${type}[]))`;
    default:
      return `${not}(${left} ${symbols[operator]} ($2::text)::${type})`;
  }
}

/** Only words that were looked up get into a statement. */
function keyword(value: string): string {
  return ["true", "false", "unknown"].find((word) => word === value) ?? "null";
}

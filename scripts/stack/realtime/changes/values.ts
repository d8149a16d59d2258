import type { Query } from "../database.ts";
import { StatementError } from "../database.ts";
import type { Column } from "./catalog.ts";
import type { RowText } from "./row_change.ts";

/** JSON text of columns' values. */
export type RowJson = ReadonlyMap<string, string>;

/**
 * What `to_jsonb` makes of the values of a row. A value that its type no longer reads, as after a
 * label was renamed, stays text.
 */
export async function toJson(
  query: Query,
  columns: readonly Column[],
  row: RowText,
): Promise<RowJson> {
  const json = new Map<string, string>();
  const unread: { column: Column; text: string }[] = [];
  for (const column of columns) {
    const text = row.get(column.name);
    if (text === undefined) continue;
    if (text === null) json.set(column.name, "null");
    // As the platform prints it: the digits without what announces them.
    else if (column.type === "pg_catalog.bytea") json.set(column.name, quote(text.slice(2)));
    else unread.push({ column, text });
  }
  if (unread.length === 0) return json;
  const all = await attempt(query, unread);
  for (const [index, { column, text }] of unread.entries()) {
    const value = all?.[index] ?? (await attempt(query, [{ column, text }]))?.[0] ?? quote(text);
    json.set(column.name, value);
  }
  return json;
}

async function attempt(
  query: Query,
  values: readonly { column: Column; text: string }[],
): Promise<string[] | null> {
  const expressions = values.map(({ column }, index) =>
    `to_jsonb(($${index + 1}::text)::${column.type})::text`
  );
  await query("savepoint read_values");
  try {
    const [row] = await query(
      `select array[${expressions.join(", ")}] as json`,
      values.map(({ text }) => text),
    );
    return Array.isArray(row?.json) ? row.json.map(String) : null;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    await query("rollback to savepoint read_values");
    return null;
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}

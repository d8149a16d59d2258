import type { Column, Table } from "./catalog.ts";
import type { RowChange } from "./row_change.ts";
import type { RowJson } from "./values.ts";

/** A change larger than this is told without its large values. */
export const MOST_BYTES = 1024 * 1024;
const SMALL_VALUE_BYTES = 64;

/** A change with its values, of which everyone gets what they may have. */
export interface ReadChange {
  readonly change: RowChange;
  readonly table: Table;
  readonly record: RowJson;
  readonly identity: RowJson;
  readonly tooLarge: boolean;
}

/** What a subscriber may have of a change. */
export interface Portion {
  readonly selectable: ReadonlySet<string>;
  readonly select: readonly string[] | null;
}

/** The JSON of `data` for those who may have a portion of a change. */
export function render(read: ReadChange, { selectable, select }: Portion): string {
  const { change, table } = read;
  const wanted = ({ name, isKey }: Column) =>
    selectable.has(name) && (select === null || isKey || select.includes(name));
  const columns = table.columns.filter(wanted);
  // Nobody can be asked any more who may see a deleted row: only what identifies it is told.
  const identified = change.type === "DELETE" && table.hasRowSecurity
    ? columns.filter(({ isKey }) => isKey)
    : columns;
  return fields({
    ...header(change),
    commit_timestamp: quote(change.committedAt),
    columns: quote(columns.map(({ name, typeName }) => ({ name, type: typeName }))),
    ...(change.type === "DELETE" ? {} : { record: row(read.record, columns, read.tooLarge) }),
    ...(change.type === "INSERT"
      ? {}
      : { old_record: row(read.identity, identified, read.tooLarge) }),
    errors: read.tooLarge ? quote(["Error 413: Payload Too Large"]) : "null",
  });
}

/** The JSON of `data` for those who may not have a change and are told why. */
export function renderError(change: RowChange, error: string): string {
  return fields({
    ...header(change),
    commit_timestamp: "null",
    columns: "[]",
    ...(change.type === "DELETE" ? {} : { record: "{}" }),
    ...(change.type === "INSERT" ? {} : { old_record: "{}" }),
    errors: quote([error]),
  });
}

function header({ type, relation }: RowChange): Record<string, string> {
  return { type: quote(type), schema: quote(relation.schema), table: quote(relation.table) };
}

function row(values: RowJson, columns: readonly Column[], smallOnly: boolean): string {
  const entries: [string, string][] = [];
  for (const { name } of columns) {
    const json = values.get(name);
    if (json === undefined) continue;
    if (smallOnly && new TextEncoder().encode(json).byteLength > SMALL_VALUE_BYTES) continue;
    entries.push([name, json]);
  }
  return `{${entries.map(([name, json]) => `${quote(name)}:${json}`).join(",")}}`;
}

/** An object of members that are JSON already. */
function fields(members: Readonly<Record<string, string>>): string {
  return `{${Object.entries(members).map(([name, json]) => `${quote(name)}:${json}`).join(",")}}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}

/**
 * Gives the generated types what the catalogue does not know: jsonb columns refer to their entry in
 * `JsonColumns`, and functions that return a table's row refer to that row instead of repeating it.
 *
 * @param generated output of `supabase gen types`, formatted
 * @throws Error if a column is JSON in a way that is not understood
 */
export function refine(generated: string): string {
  const plain = generated.replace(/"([A-Za-z_]\w*)"(\??):/g, "$1$2:");
  return referToRows(typeJsonColumns(plain));
}

/** A column's line within a table's Row, Insert or Update. */
const JSON_COLUMN = /^( {10})(\w+)(\??): (NonNullable<Json>|Json \| null);$/;

function typeJsonColumns(source: string): string {
  let inTables = false;
  let table = "";
  return source.split("\n").map((line) => {
    if (/^ {4}\w+: \{$/.test(line)) inTables = line === "    Tables: {";
    if (!inTables) return line;
    table = /^ {6}(\w+): \{$/.exec(line)?.[1] ?? table;
    const column = JSON_COLUMN.exec(line);
    if (column) {
      const [, indent, name, optional, type] = column;
      const nullable = type === "Json | null" ? " | null" : "";
      return `${indent}${name}${optional}: JsonColumns["${table}"]["${name}"]${nullable};`;
    }
    if (/\bJson\b/.test(line)) {
      throw new Error(`Table ${table} has a JSON column that is not understood: ${line.trim()}`);
    }
    return line;
  }).join("\n");
}

/** What a function returns, spelt out, followed by the table whose row it is. */
const RETURNED_ROW = /Returns: \{[^{}]*\}(\[\])?;(\s+SetofOptions: \{[^{}]*?\bto: "(\w+)";)/g;

function referToRows(source: string): string {
  return source.replace(
    RETURNED_ROW,
    (_, many: string | undefined, options: string, table: string) =>
      `Returns: Database["public"]["Tables"]["${table}"]["Row"]${many ?? ""};${options}`,
  );
}

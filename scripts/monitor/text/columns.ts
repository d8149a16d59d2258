/** A column of a table for the terminal. */
export interface ColumnOf<Row> {
  heading: string;
  /** Numbers stand right, words left. */
  align: "left" | "right";
  text(row: Row): string;
}

/** A table as lines, each column as wide as its widest text. */
export function columns<Row>(all: readonly ColumnOf<Row>[], rows: readonly Row[]): string[] {
  const cells = [all.map(({ heading }) => heading)]
    .concat(rows.map((row) => all.map((column) => column.text(row))));
  const widths = all.map((_, index) => Math.max(...cells.map((line) => line[index]!.length)));
  return cells.map((line) =>
    line.map((text, index) =>
      all[index]!.align === "right" ? text.padStart(widths[index]!) : text.padEnd(widths[index]!)
    ).join("   ").trimEnd()
  );
}

/** Names with their values, one below the other. */
export function pairs(entries: readonly (readonly [name: string, value: string])[]): string[] {
  return columns<readonly [string, string]>([
    { heading: "", align: "left", text: ([name]) => name },
    { heading: "", align: "right", text: ([, value]) => value },
  ], entries).slice(1);
}

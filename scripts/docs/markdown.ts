/** Text of a person's own, as Markdown shows it unchanged. */
export function prose(text: string | null): string {
  if (text === null) return "";
  return text.replace(/\s+/g, " ").trim()
    .replace(
      /[\\`*<>[\]|]/g,
      (sign) => sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : `\\${sign}`,
    );
}

/** A name or a piece of code within a sentence or a cell. */
export function code(text: string): string {
  return `\`${text.replace(/\s+/g, " ").trim()}\``;
}

/** Several names, one after the other. */
export function codes(texts: readonly string[]): string {
  return texts.map(code).join(", ");
}

/** A block of SQL. */
export function sql(text: string): string {
  return `\`\`\`sql\n${text.trim()}\n\`\`\``;
}

/**
 * A table. Columns in which no row has anything are left out.
 *
 * @param headings of the columns
 * @param rows cells that are Markdown already
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = headings.map((_, index) => rows.some((row) => row[index] !== ""));
  const line = (cells: readonly string[]) =>
    `| ${cells.filter((_, index) => kept[index]).map(cell).join(" | ")} |`;
  return [line(headings), line(headings.map(() => "---")), ...rows.map(line)].join("\n");
}

function cell(markdown: string): string {
  // Also within code, GitHub takes a bare bar for the end of the cell.
  return markdown.replace(/(?<!\\)\|/g, "\\|");
}

/** Parts of a chapter with an empty line between, those that say nothing left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

/** Where GitHub's link to a heading leads. */
export function anchor(heading: string): string {
  return `#${heading.toLowerCase().replace(/[^\p{L}\p{N}_\- ]/gu, "").replaceAll(" ", "-")}`;
}

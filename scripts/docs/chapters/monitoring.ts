import type { Schema } from "../catalogue/read.ts";
import { code, codes, paragraphs, prose, table } from "../markdown.ts";
import { typeName } from "../sql/types.ts";
import { rightsTable } from "./access.ts";
import { nameOf } from "./tables.ts";

/** The views for whoever runs the service, and what they count with. */
export function monitoring(schema: Schema): string {
  const views = schema.relations.filter(({ kind }) => kind === "v");
  const sequences = schema.relations.filter(({ kind }) => kind === "S");
  const comment = schema.schemas.find(({ name }) => name === "monitoring")?.comment ?? null;
  return paragraphs(
    "## Monitoring",
    `${prose(comment)} \`npm run monitor\` prints them.`,
    ...views.map((view) => {
      const columns = schema.columns.filter(({ relation }) => relation === view.oid);
      const rights = schema.rights.filter(({ relation }) => relation === view.oid);
      return paragraphs(
        `### ${nameOf(view)}`,
        prose(view.comment),
        table(
          ["column", "type", "what it is"],
          columns.map((
            column,
          ) => [code(column.name), code(typeName(column.type)), prose(column.comment)]),
        ),
        rightsTable(rights, columns.length),
      );
    }),
    sequences.length === 0 ? "" : paragraphs(
      "### Counters",
      table(
        ["sequences", "what they are"],
        grouped(sequences).map(([why, names]) => [codes(names), prose(why)]),
      ),
    ),
  );
}

/** Sequences that have the same comment, together. */
function grouped(sequences: Schema["relations"]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const sequence of sequences) {
    const names = groups.get(sequence.comment ?? "") ?? [];
    groups.set(sequence.comment ?? "", [...names, nameOf(sequence)]);
  }
  return [...groups];
}

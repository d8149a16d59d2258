import type { Schema } from "../catalogue/read.ts";
import { code, codes, paragraphs, prose, table } from "../markdown.ts";
import { nameOf } from "./tables.ts";

/** The enum types, in the order in which the migrations create them. */
export function enums(schema: Schema): string {
  return paragraphs(
    "## Enums",
    table(
      ["type", "values", "what it is"],
      schema.enums.map((one) => [code(nameOf(one)), codes(one.values), prose(one.comment)]),
    ),
  );
}

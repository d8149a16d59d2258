import type { Schema } from "./catalogue/read.ts";
import { enums } from "./chapters/enums.ts";
import { privateFunctions, publicFunctions } from "./chapters/functions.ts";
import { monitoring } from "./chapters/monitoring.ts";
import { realtime } from "./chapters/realtime.ts";
import { describeTable, nameOf, triggerTable } from "./chapters/tables.ts";
import { anchor, code, paragraphs, prose, table } from "./markdown.ts";

/** The schema reference. */
export function render(schema: Schema): string {
  const tables = schema.relations.filter(({ kind }) => kind === "r" || kind === "p");
  const exposed = tables.filter((relation) => relation.schema === "public");
  const hidden = tables.filter((relation) => relation.schema !== "public");
  return paragraphs(
    '<!-- Written by "npm run docs" from the database\'s catalogue and its comments. Not to be edited. -->',
    "# Schema reference",
    "What the migrations make, as the database's own catalogue has it. The reasons are comments in " +
      "the database, so `\\d+` shows them as well.",
    table(
      ["schema", "what it is"],
      schema.schemas.map(({ name, comment }) => [code(name), prose(comment)]),
    ),
    "Three roles come in over the network: `anon` (not signed in), `authenticated` (signed in) and " +
      "`service_role` (the server itself, past row level security). A role that a table does not " +
      "name may do nothing with it.",
    contents(exposed, hidden),
    enums(schema),
    paragraphs("## Tables", ...exposed.map((relation) => describeTable(schema, relation))),
    publicFunctions(schema),
    realtime(schema),
    paragraphs("## Private tables", ...hidden.map((relation) => describeTable(schema, relation))),
    foreignTriggers(schema),
    privateFunctions(schema),
    monitoring(schema),
  ) + "\n";
}

function contents(exposed: Schema["relations"], hidden: Schema["relations"]): string {
  const link = (heading: string) => `[${heading}](${anchor(heading)})`;
  const chapters = [
    "Enums",
    "Functions that clients call",
    "Realtime",
    "Triggers on Auth's tables",
    "Private functions",
    "Monitoring",
  ];
  return paragraphs(
    "## Contents",
    table(
      ["table", "what it holds"],
      [...exposed, ...hidden].map((one) => [link(nameOf(one)), prose(one.comment)]),
    ),
    `And: ${chapters.map(link).join(" · ")}`,
  );
}

/** What hangs on tables that are not this project's. */
function foreignTriggers(schema: Schema): string {
  const own = new Set(schema.relations.map(({ oid }) => oid));
  const foreign = schema.triggers.filter(({ relation }) => !own.has(relation));
  return paragraphs("## Triggers on Auth's tables", triggerTable(foreign));
}

import type { Column, Relation } from "../catalogue/relations.ts";
import type { Constraint, Index } from "../catalogue/integrity.ts";
import type { Trigger } from "../catalogue/behaviour.ts";
import type { Schema } from "../catalogue/read.ts";
import { code, paragraphs, prose, table } from "../markdown.ts";
import { oneLine } from "../sql/layout.ts";
import { firing } from "../sql/triggers.ts";
import { typeName } from "../sql/types.ts";
import { access } from "./access.ts";

/** All about one table. */
export function describeTable(schema: Schema, relation: Relation): string {
  const own = <Part extends { relation: string }>(parts: readonly Part[]) =>
    parts.filter((part) => part.relation === relation.oid);
  return paragraphs(
    `### ${nameOf(relation)}`,
    prose(relation.comment),
    columns(own(schema.columns)),
    constraints(own(schema.constraints)),
    indexes(own(schema.indexes)),
    triggers(own(schema.triggers)),
    access(schema, relation),
  );
}

/** The name of a table or view, with its schema unless that is public. */
export function nameOf({ schema, name }: { schema: string; name: string }): string {
  return schema === "public" ? name : `${schema}.${name}`;
}

function columns(all: readonly Column[]): string {
  return table(
    ["column", "type", "null", "default", "what it is"],
    all.map((column) => [
      code(column.name),
      code(typeName(column.type)),
      column.is_nullable ? "yes" : "",
      column.default_value === null ? "" : code(oneLine(column.default_value)),
      prose(column.comment),
    ]),
  );
}

function constraints(all: readonly Constraint[]): string {
  if (all.length === 0) return "";
  return paragraphs(
    "**Constraints**",
    table(
      ["constraint", "says", "why"],
      all.map(({ name, definition, comment }) => [
        code(name),
        code(oneLine(definition)),
        prose(comment),
      ]),
    ),
  );
}

function indexes(all: readonly Index[]): string {
  const own = all.filter(({ constraint_name }) => constraint_name === null);
  if (own.length === 0) return "";
  return paragraphs(
    "**Indexes**, beside those of the keys above",
    table(
      ["index", "definition", "what it is for"],
      own.map((index) => [
        code(index.name),
        code(indexDefinition(index)),
        prose(index.comment),
      ]),
    ),
  );
}

function indexDefinition({ is_unique, definition }: Index): string {
  const on = definition.replace(/^btree /, "on ").replace(
    /^(\w+) \(/,
    (start, method: string) => method === "on" ? start : `using ${method} (`,
  );
  return oneLine(`${is_unique ? "unique " : ""}${on}`);
}

function triggers(all: readonly Trigger[]): string {
  if (all.length === 0) return "";
  return paragraphs("**Triggers**, in the order they fire", triggerTable(all));
}

/** Triggers, each with what its function does. */
export function triggerTable(all: readonly Trigger[]): string {
  return table(
    ["trigger", "fires", "runs", "which"],
    all.map((trigger) => [
      code(trigger.name),
      firing(trigger.definition),
      code(trigger.function_name),
      prose(trigger.function_comment),
    ]),
  );
}

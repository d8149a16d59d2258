import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

/** The parts of an OpenAPI document that merging looks at. */
export const documentSchema = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  servers: z.array(z.unknown()).optional(),
  tags: z.array(z.looseObject({ name: z.string() })).default([]),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.looseObject({ operationId: z.string().optional() })),
  ),
  components: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** An OpenAPI document. */
export type OpenApiDocument = z.infer<typeof documentSchema>;

/** Two documents say different things under one name. */
export class MergeConflict extends Error {
  override readonly name = "MergeConflict";
}

/**
 * Makes one document of several that describe parts of one interface. What they share has to be the
 * same in all of them; version, description and servers are those of the first.
 *
 * @throws MergeConflict if a path or an operation is in two of them, or a component differs
 */
export function mergeDocuments(
  title: string,
  documents: readonly [OpenApiDocument, ...OpenApiDocument[]],
): OpenApiDocument {
  const [{ openapi, info, servers }] = documents;
  const paths: OpenApiDocument["paths"] = {};
  const components: OpenApiDocument["components"] = {};
  const operationIds = new Set<string>();
  for (const document of documents) {
    for (const [path, item] of Object.entries(document.paths)) {
      addOnce(paths, path, item, "path");
      for (const { operationId } of Object.values(item)) {
        if (operationId === undefined) continue;
        if (operationIds.has(operationId)) {
          throw new MergeConflict(`There are two operations ${operationId}.`);
        }
        operationIds.add(operationId);
      }
    }
    for (const [kind, named] of Object.entries(document.components)) {
      const all = components[kind] ??= {};
      for (const [name, component] of Object.entries(named)) addSame(all, name, component, kind);
    }
  }
  const tags = documents.flatMap((document) => document.tags);
  return { openapi, info: { ...info, title }, servers, tags, paths, components };
}

function addOnce<Value>(
  all: Record<string, Value>,
  name: string,
  value: Value,
  what: string,
): void {
  if (Object.hasOwn(all, name)) throw new MergeConflict(`There are two of the ${what} ${name}.`);
  all[name] = value;
}

function addSame(
  all: Record<string, unknown>,
  name: string,
  value: unknown,
  kind: string,
): void {
  if (Object.hasOwn(all, name) && !isDeepStrictEqual(all[name], value)) {
    throw new MergeConflict(`components.${kind}.${name} is not the same everywhere.`);
  }
  all[name] = value;
}

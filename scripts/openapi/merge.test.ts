import { describe, expect, it } from "vitest";
import { documentSchema, mergeDocuments } from "./merge.ts";

function part(name: string, components = {}, paths = {}) {
  return documentSchema.parse({
    openapi: "3.1.0",
    info: { title: name, version: "1.0.0", description: "About all of it." },
    servers: [{ url: "/functions/v1" }],
    tags: [{ name }],
    paths: { [`/${name}`]: { get: { operationId: name } }, ...paths },
    components,
  });
}

const problem = { Problem: { type: "object" } };

describe("merging", () => {
  it("puts paths, tags and components together, in order", () => {
    const merged = mergeDocuments("All", [
      part("a", { schemas: { ...problem, A: {} } }),
      part("b", { schemas: { ...problem, B: {} }, headers: { H: {} } }),
    ]);
    expect(JSON.stringify(merged)).toBe(JSON.stringify({
      openapi: "3.1.0",
      info: { title: "All", version: "1.0.0", description: "About all of it." },
      servers: [{ url: "/functions/v1" }],
      tags: [{ name: "a" }, { name: "b" }],
      paths: { "/a": { get: { operationId: "a" } }, "/b": { get: { operationId: "b" } } },
      components: { schemas: { ...problem, A: {}, B: {} }, headers: { H: {} } },
    }));
  });

  it.each([
    ["a component that differs", part("b", { schemas: { Problem: { type: "string" } } })],
    ["a path that is there already", part("a")],
    ["an operation that is there already", part("b", {}, { "/c": { put: { operationId: "a" } } })],
  ])("refuses %s", (_, other) => {
    expect(() => mergeDocuments("All", [part("a", { schemas: problem }), other]))
      .toThrowError(expect.objectContaining({ name: "MergeConflict" }));
  });
});

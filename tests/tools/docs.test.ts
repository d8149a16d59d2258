import { describe, expect, it } from "vitest";
import { readSchema } from "../../scripts/docs/catalogue/read.ts";
import { anchor } from "../../scripts/docs/markdown.ts";
import { render } from "../../scripts/docs/render.ts";
import { runningStack } from "../helpers/stack.ts";
import { runScript } from "./script.ts";

describe("docs/schema.md", () => {
  it("is what the database's catalogue says", async () => {
    const result = await runScript("docs", ["--check", "--db-url", runningStack().DB_URL]);
    expect(result.errors + result.output).toMatch(/docs\/schema\.md is up to date/);
    expect(result.code).toBe(0);
  });

  it("says the same whenever it is written", async () => {
    const { DB_URL } = runningStack();
    expect(render(await readSchema(DB_URL))).toBe(render(await readSchema(DB_URL)));
  });

  it("links to headings that are there, each once", async () => {
    const text = render(await readSchema(runningStack().DB_URL));
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchor(match[1] ?? ""));
    const links = [...text.matchAll(/\]\((#[^)]*)\)/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((link) => headings.filter((one) => one === link).length !== 1)).toEqual([]);
  });

  it("names no moment, no size, no machine", async () => {
    const text = render(await readSchema(runningStack().DB_URL));
    expect(text).not.toMatch(/\b20\d\d-\d\d-\d\d\b|127\.0\.0\.1|localhost|\b\d+ [kM]B\b/);
  });
});

describe("the catalogue says what everything is for", () => {
  it("every table, view and counter", async () => {
    const { relations } = await readSchema(runningStack().DB_URL);
    expect(relations.length).toBeGreaterThan(11);
    expect(relations.filter(({ comment }) => !comment).map(({ name }) => name)).toEqual([]);
  });

  it("every function", async () => {
    const { routines } = await readSchema(runningStack().DB_URL);
    expect(routines.length).toBeGreaterThan(80);
    expect(routines.filter(({ comment }) => !comment).map(({ name }) => name)).toEqual([]);
  });

  it("every index that no constraint needs: the query it serves, or the rule it enforces", async () => {
    const { indexes } = await readSchema(runningStack().DB_URL);
    const free = indexes.filter((index) => index.constraint_name === null);
    expect(free.length).toBeGreaterThanOrEqual(19);
    expect(
      free.filter(({ comment, is_unique }) =>
        !(comment ?? "").startsWith(is_unique ? "Rule: " : "Serves ")
      ).map(({ name }) => name),
    ).toEqual([]);
  });

  it("every definer function: why it is one", async () => {
    const { routines } = await readSchema(runningStack().DB_URL);
    const definers = routines.filter(({ runs_as_owner }) => runs_as_owner);
    expect(definers.length).toBeGreaterThan(10);
    expect(
      definers.filter(({ comment }) => !/\bDefiner: /.test(comment ?? "")).map(({ name }) => name),
    ).toEqual([]);
  });
});

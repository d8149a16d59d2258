import { describe, expect, it } from "vitest";
import { parseOptions, select } from "./options.ts";

const all = ["Policy a", "policy b", "guard a", "guard b"].map((name) => ({ name }));
const names = (...args: string[]) => select(all, parseOptions(args)).map(({ name }) => name);

describe("the options of the mutants", () => {
  it("are all of them by default", () => {
    expect(names()).toHaveLength(4);
  });

  it("narrow by text", () => {
    expect(names("--only", "policy")).toEqual(["Policy a", "policy b"]);
    expect(names("--only", "policy b", "--only=guard")).toEqual(["policy b", "guard a", "guard b"]);
  });

  it("take a sample from everywhere", () => {
    expect(names("--sample", "2")).toEqual(["Policy a", "guard a"]);
    expect(names("--sample", "9")).toHaveLength(4);
  });

  it.each([["--sample", "0"], ["--sample", "some"], ["--all"], ["policy"]])(
    "refuse %s",
    (...args) => {
      expect(() => parseOptions(args)).toThrow("Usage: npm run test:mutants");
    },
  );
});

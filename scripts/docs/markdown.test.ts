import { describe, expect, it } from "vitest";
import { anchor, code, prose, table } from "./markdown.ts";

describe("Markdown", () => {
  it("shows a person's words as they are", () => {
    expect(prose("topic <user id> | a*b,\n  [x] `y`")).toBe(
      "topic &lt;user id&gt; \\| a\\*b, \\[x\\] \\`y\\`",
    );
    expect(prose(null)).toBe("");
  });

  it("keeps bars within a cell, in words and in code", () => {
    expect(table(["a", "b"], [[prose("x|y"), code("x || y")]])).toBe(
      "| a | b |\n| --- | --- |\n| x\\|y | `x \\|\\| y` |",
    );
  });

  it("leaves out columns in which nothing is", () => {
    expect(table(["a", "b", "c"], [["1", "", "3"], ["4", "", ""]])).toBe(
      "| a | c |\n| --- | --- |\n| 1 | 3 |\n| 4 |  |",
    );
  });

  it.each([
    ["live_sessions", "#live_sessions"],
    ["private.exercise_bests", "#privateexercise_bests"],
    ["Triggers on Auth's tables", "#triggers-on-auths-tables"],
  ])("links to %s as GitHub names it", (heading, expected) => {
    expect(anchor(heading)).toBe(expected);
  });
});

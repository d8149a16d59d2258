import { describe, expect, it } from "vitest";
import { firstDifference } from "./difference.ts";

describe("the first difference", () => {
  it.each([
    ["a line changed", "a\nb\nc", "a\nB\nc", ["line 2:", "- b", "+ B"]],
    ["a line is new", "a\nc", "a\nb\nc", ["line 2:", "+ b"]],
    ["a line is gone", "a\nb\nc", "a\nc", ["line 2:", "- b"]],
    ["a line is there twice", "a\nb", "a\nb\nb", ["line 3:", "+ b"]],
    ["more follows", "a\nb\nc\nd\ne\nf", "a\nB\nc\nd\nE\nf", ["line 2:", "- b", "+ B"]],
    ["the end is missing", "a", "a\nb", ["line 2:", "+ b"]],
  ])("%s", (_, found, expected, lines) => {
    expect(firstDifference(found, expected).split("\n").map((line) => line.trim())).toEqual(lines);
  });

  it("shows the beginning of a long one", () => {
    const many = Array.from({ length: 20 }, (_, index) => `line ${index}`).join("\n");
    expect(firstDifference("x", many)).toMatch(/\+ line 5\n {2}\+ … and 14 more$/);
  });
});

import { describe, expect, it } from "vitest";
import { readTap } from "./tap.ts";

describe("readTap", () => {
  it("counts what passed", () => {
    expect(readTap(["1..2", "ok 1 - one", "ok 2 - two"])).toEqual({ passed: 2, failures: [] });
    expect(readTap(["ok 1", "1..1"])).toEqual({ passed: 1, failures: [] });
  });

  it("keeps a failure with its diagnostics", () => {
    expect(readTap(["1..2", "not ok 1 - one", "# Failed test 1", "#   have: 1", "ok 2"])).toEqual({
      passed: 1,
      failures: ["1 one\n      # Failed test 1\n      #   have: 1"],
    });
  });

  it("excuses what is still to do", () => {
    expect(readTap(["1..1", "not ok 1 - later # TODO some day"])).toEqual({
      passed: 1,
      failures: [],
    });
  });

  it.each([
    ["there is no plan", ["ok 1"], "no plan"],
    ["there is no output at all", [], "no plan"],
    ["fewer ran than planned", ["1..3", "ok 1"], "planned 3 tests but ran 1"],
    ["more ran than planned", ["1..1", "ok 1", "ok 2"], "planned 1 tests but ran 2"],
    ["a number is wrong", ["1..2", "ok 1", "ok 1"], "test 2 calls itself number 1"],
    ["there are two plans", ["1..1", "1..1", "ok 1"], "more than one plan"],
    ["it bails out", ["1..1", "ok 1", "Bail out! no"], "Bail out! no"],
  ])("fails when %s", (_, lines, failure) => {
    expect(readTap(lines).failures).toEqual([failure]);
  });
});

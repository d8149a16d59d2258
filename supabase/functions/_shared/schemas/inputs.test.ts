import { describe, expect, it } from "vitest";
import { Uuid } from "./ids.ts";
import { queryInteger } from "./paging.ts";
import { PlanInput } from "./planned-exercise.ts";
import { text } from "./text.ts";

describe("a text", () => {
  const schema = text(1, 3);

  it.each(["a", "abc", "💪🔥🏋", " "])("may be %j", (value) => {
    expect(schema.safeParse(value).success).toBe(true);
  });

  it.each(["", "abcd", "💪🔥🏋🏋", "a\0b", "\ud83d", 1, null])("may not be %j", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});

describe("a whole number in a query", () => {
  const schema = queryInteger(1, 500);

  it.each([["1", 1], ["500", 500], ["007", 7]])("reads %j as %d", (value, number) => {
    expect(schema.parse(value)).toBe(number);
  });

  it.each(["", " 1", "0", "501", "-1", "+1", "1.0", "1e2", "0x10", "NaN", "٣", "9".repeat(17), [
    "1",
    "2",
  ]])(
    "refuses %j",
    (value) => {
      expect(schema.safeParse(value).success).toBe(false);
    },
  );

  it("goes up to the largest whole number that survives JSON", () => {
    const large = queryInteger(0, Number.MAX_SAFE_INTEGER);
    expect(large.parse("9007199254740991")).toBe(9007199254740991);
    expect(large.safeParse("9007199254740993").success).toBe(false);
  });
});

describe("an id", () => {
  it.each([
    "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01",
    "7A0F3C52-5A55-4D0C-8D5E-0F6F8F3F1A01",
    "00000000-0000-0000-0000-000000000000",
    "11111111-1111-1111-1111-111111111111",
  ])("may be %s", (value) => {
    expect(Uuid.safeParse(value).success).toBe(true);
  });

  it.each(["", "1", "7a0f3c525a554d0c8d5e0f6f8f3f1a01", "{7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01}"])(
    "may not be %j",
    (value) => {
      expect(Uuid.safeParse(value).success).toBe(false);
    },
  );
});

describe("a plan", () => {
  const squat = { exerciseId: "squat", targetSets: 5 };

  it.each([
    [[]],
    [[squat]],
    [[{ ...squat, targetRepsMin: 5, targetRepsMax: 5 }]],
    [Array(100).fill(squat)],
  ])("may be %j", (plan) => {
    expect(PlanInput.safeParse(plan).success).toBe(true);
  });

  it.each([
    [Array(101).fill(squat)],
    [[{ exerciseId: "squat" }]],
    [[{ ...squat, exerciseId: "" }]],
    [[{ ...squat, targetSets: 0 }]],
    [[{ ...squat, targetSets: 1.5 }]],
    [[{ ...squat, targetSets: 101 }]],
    [[{ ...squat, targetRepsMin: 6, targetRepsMax: 5 }]],
    [[{ ...squat, targetRepsMax: 1001 }]],
    [[{ ...squat, weight: 100 }]],
    [squat],
  ])("may not be %j", (plan) => {
    expect(PlanInput.safeParse(plan).success).toBe(false);
  });
});

import { expect, it } from "vitest";
import { createBackoff } from "./backoff.ts";

it("doubles from half a second to ten, and begins anew after a success", () => {
  const longest = createBackoff({ random: () => 1 });
  const waits = Array.from({ length: 7 }, () => longest.next());
  expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  longest.reset();
  expect(longest.next()).toBe(500);
});

it("spreads those who lost the same server over half of each wait", () => {
  const shortest = createBackoff({ random: () => 0 });
  expect([shortest.next(), shortest.next()]).toEqual([250, 500]);
  const waits = Array.from({ length: 200 }, () => createBackoff().next());
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(250);
  expect(Math.max(...waits)).toBeLessThanOrEqual(500);
  expect(new Set(waits).size).toBeGreaterThan(100);
});

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TailCheck } from "./tail-check.ts";

let count = 0;
let tail: TailCheck;

beforeEach(() => {
  vi.useFakeTimers();
  count = 0;
  tail = new TailCheck(30_000, () => count++);
});
afterEach(() => {
  tail.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

it("is due about half a minute after the last one, once", () => {
  tail.checked(true);
  vi.advanceTimersByTime(23_900);
  expect(count).toBe(0);
  vi.advanceTimersByTime(12_200);
  expect(count).toBe(1);
  vi.advanceTimersByTime(100_000);
  expect(count).toBe(1);
});

it("is not due at one moment for all who lost the channel at one moment", () => {
  const times = Array.from({ length: 50 }, () => {
    const startedAt = Date.now();
    tail.checked(true);
    while (vi.getTimerCount() > 0) vi.advanceTimersByTime(100);
    return Date.now() - startedAt;
  });
  expect(new Set(times).size).toBeGreaterThan(10);
});

it("is due sooner without a channel", () => {
  tail.checked(false);
  vi.advanceTimersByTime(12_100);
  expect(count).toBe(1);
});

it("is due sooner once the channel is lost, and not put off by attempts that fail", () => {
  tail.checked(true);
  vi.advanceTimersByTime(1_000);
  for (let second = 0; second < 13; second++) {
    tail.lost();
    vi.advanceTimersByTime(1_000);
  }
  expect(count).toBe(1);
});

it("is not due after a loss if none was awaited", () => {
  tail.lost();
  vi.advanceTimersByTime(100_000);
  expect(count).toBe(0);
});

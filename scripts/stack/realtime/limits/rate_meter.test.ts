import { expect, it } from "vitest";
import { CallWindow } from "./call_window.ts";
import { RateMeter } from "./rate_meter.ts";

function clock(): { now: () => number; pass: (milliseconds: number) => void } {
  let time = 1_000;
  return { now: () => time, pass: (milliseconds) => time += milliseconds };
}

it("looks at what happened only when its five seconds are over", () => {
  const { now, pass } = clock();
  const meter = new RateMeter(100, now);
  meter.add(10_000);
  expect(meter.exceeded).toBe(false);
  pass(4_999);
  expect(meter.exceeded).toBe(false);
  pass(1);
  expect(meter.average).toBe(1_000);
  expect(meter.exceeded).toBe(true);
});

it("takes the mean of the last minute", () => {
  const { now, pass } = clock();
  const meter = new RateMeter(100, now);
  for (let step = 0; step < 12; step++) {
    meter.add(step === 0 ? 6_000 : 0);
    pass(5_000);
  }
  expect(meter.average).toBe(100);
  expect(meter.exceeded).toBe(true);
  pass(5_000);
  expect(meter.average).toBe(0);
  expect(meter.exceeded).toBe(false);
});

it("begins anew after five minutes without anything", () => {
  const { now, pass } = clock();
  const meter = new RateMeter(100, now);
  meter.add(50);
  pass(10 * 60_000);
  meter.add(1_000);
  pass(5_000);
  expect(meter.average).toBe(100);
});

it("never exceeds a limit that is none", () => {
  const { now, pass } = clock();
  const meter = new RateMeter(Infinity, now);
  meter.add(1e12);
  pass(5_000);
  expect(meter.exceeded).toBe(false);
});

it("lets so many calls through in each window", () => {
  const { now, pass } = clock();
  const calls = new CallWindow(2, 30_000, now);
  expect([calls.take(), calls.take(), calls.take()]).toEqual([true, true, false]);
  pass(30_000);
  expect(calls.take()).toBe(false);
  pass(1);
  expect([calls.take(), calls.take(), calls.take()]).toEqual([true, true, false]);
});

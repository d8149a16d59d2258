import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClockSample, ServerClock } from "./clock.ts";

/** An answer of a server that is `offset` ahead, with these times on the way. */
function sample(sentAt: number, offset: number, there: number, back: number): ClockSample {
  return {
    sentAt,
    receivedAt: Math.round(sentAt + there + back),
    serverNow: Math.floor(sentAt + there + offset),
  };
}

describe("the server's clock", () => {
  it("is not known before the first answer", () => {
    expect(new ServerClock().offset).toBe(null);
  });

  it("is taken to have been read half way", () => {
    const clock = new ServerClock();
    expect(clock.add(sample(1_000, 5_000, 40, 40))).toBe(true);
    expect(clock.offset).toBe(5_000);
    expect(clock.uncertainty).toBe(41);
    expect(clock.add(sample(2_000, 5_000, 300, 300))).toBe(false);
  });

  it("is off by no more than half the best round trip, whatever the ways are", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000, max: 86_400_000 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 800 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (offset, ways) => {
          const clock = new ServerClock();
          let now = 1_800_000_000_000;
          for (const [there, back] of ways) {
            clock.add(sample(now, offset, there, back));
            now += 5_000;
          }
          const recent = ways.slice(-24).map(([there, back]) => there + back);
          const error = Math.abs(clock.offset! - offset);
          const drift = ways.length * 7_000 * 50e-6;
          expect(error).toBeLessThanOrEqual(Math.min(...recent) / 2 + drift + 2);
          expect(error).toBeLessThanOrEqual(clock.uncertainty);
        },
      ),
    );
  });

  it("is not pulled away by delays on one side", () => {
    const clock = new ServerClock();
    clock.add(sample(0, 1_000, 300, 30));
    clock.add(sample(1_000, 1_000, 30, 300));
    // Each alone would be off by 135 ms.
    expect(Math.abs(clock.offset! - 1_000)).toBeLessThanOrEqual(2);
  });

  it("is told anew at once when it, or the device's, was set", () => {
    const clock = new ServerClock();
    for (let time = 0; time < 10; time++) clock.add(sample(time * 1_000, 0, 20, 20));
    clock.add(sample(11_000, 3_600_000, 20, 20));
    expect(Math.abs(clock.offset! - 3_600_000)).toBeLessThanOrEqual(1);
    clock.add(sample(12_000, -250, 20, 20));
    expect(Math.abs(clock.offset! + 250)).toBeLessThanOrEqual(1);
  });

  it("survives that the device's clock is set back while an answer is on its way", () => {
    const clock = new ServerClock();
    clock.add(sample(100_000, 500, 20, 20));
    expect(clock.add({ sentAt: 200_000, receivedAt: 140_000, serverNow: 200_520 })).toBe(false);
    expect(clock.offset).toBe(500);
    clock.add(sample(141_000, 60_500, 20, 20));
    expect(Math.abs(clock.offset! - 60_500)).toBeLessThanOrEqual(1);
  });

  it("forgets what was before a doubt, but has an answer meanwhile", () => {
    const clock = new ServerClock();
    clock.add(sample(0, 1_000, 5, 5));
    clock.doubt();
    expect(clock.offset).toBe(1_000);
    clock.add(sample(1_000, 1_200, 200, 200));
    expect(clock.offset).toBe(1_200);
  });

  it("follows a device whose clock drifts", () => {
    const clock = new ServerClock();
    for (let second = 0; second < 3_600; second += 30) {
      const offset = 10_000 - second * 1_000 * 40e-6;
      clock.add(sample(second * 1_000, offset, 30, 50));
      expect(Math.abs(clock.offset! - offset)).toBeLessThanOrEqual(42);
    }
  });
});

/** Numbers that look random and are the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A way through a network as phones have it: mostly quick, with spikes in one direction or both. */
function way(random: () => number, base: number): number {
  const jitter = random() * random() * 60;
  const spike = random() < 0.2 ? random() * 300 : 0;
  return base + jitter + spike;
}

describe("fifty devices in one session", () => {
  it.each([1, 2, 3, 4])("agree within 100 ms on when a rest ends (network %i)", (seed) => {
    const random = dice(seed);
    const truth = 1_800_000_000_000;
    const devices = Array.from({ length: 50 }, () => ({
      clock: new ServerClock(),
      // Set by hand, some of them.
      offset: Math.round((random() - 0.5) * 3_600_000),
      base: 10 + random() * 70,
      // Uploads of phones are slower than downloads.
      slant: 1 + random() * 0.6,
    }));
    // What a sync asks at the start and in its first minutes.
    for (const at of [0, 300, 500, 30_000, 60_000, 90_000]) {
      for (const { clock, offset, base, slant } of devices) {
        clock.add(
          sample(truth + at - offset, offset, way(random, base * slant), way(random, base)),
        );
      }
      if (at < 500) continue;
      const errors = devices.map(({ clock, offset }) => clock.offset! - offset);
      expect(Math.max(...errors) - Math.min(...errors)).toBeLessThanOrEqual(100);
    }
  });
});

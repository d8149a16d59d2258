import { describe, expect, it } from "vitest";
import { LiveWorkoutError, type LiveWorkoutErrorCode } from "../errors.ts";
import { CALLED_OFF, persist } from "./persist.ts";
import { Refresh } from "./refresh.ts";
import { repeat } from "./repeat.ts";

const error = (code: LiveWorkoutErrorCode) =>
  new LiveWorkoutError({ code, detail: code, status: 0 });
const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const until = (condition: () => boolean) => expect.poll(condition, { timeout: 5_000 }).toBe(true);

describe("persist", () => {
  it("tries again where that can help, and nowhere else", async () => {
    const { signal } = new AbortController();
    let attempts = 0;
    const answer = await persist(() => {
      attempts++;
      return attempts < 2 ? Promise.reject(error("network_error")) : Promise.resolve("yes");
    }, signal);
    expect([answer, attempts]).toEqual(["yes", 2]);
    await expect(persist(() => Promise.reject(error("session_full")), signal))
      .rejects.toMatchObject({ code: "session_full" });
    await expect(persist(() => Promise.reject(new TypeError("a fault")), signal))
      .rejects.toThrow("a fault");
  });

  it("is called off at once, also while it waits", async () => {
    const abort = new AbortController();
    const calledOff = persist(() => Promise.reject(error("network_error")), abort.signal);
    setTimeout(() => abort.abort(), 20);
    const from = Date.now();
    expect(await calledOff).toBe(CALLED_OFF);
    expect(Date.now() - from).toBeLessThan(200);
    expect(await persist(() => Promise.resolve(1), abort.signal)).toBe(CALLED_OFF);
  });
});

describe("repeat", () => {
  it("goes on after failures, until it is stopped", async () => {
    let times = 0;
    const repetition = repeat(20, () => {
      times++;
      return Promise.reject(new Error("offline"));
    });
    await until(() => times > 2);
    repetition.stop();
    const before = times;
    await rest(60);
    expect(times).toBe(before);
  });

  it("hurries, but not twice in a moment", async () => {
    let times = 0;
    const repetition = repeat(2_000, () => {
      times++;
      return Promise.resolve();
    });
    await rest(10);
    repetition.hurry();
    await rest(10);
    expect(times).toBe(1);
    await rest(1_100);
    repetition.hurry();
    await rest(10);
    expect(times).toBe(2);
    repetition.stop();
  });
});

describe("Refresh", () => {
  it("asks until the doubt is settled, one question at a time", async () => {
    let questions = 0;
    let isInDoubt = true;
    const refresh = new Refresh(() => isInDoubt, async () => {
      questions++;
      await rest(20);
      isInDoubt = false;
    });
    for (let index = 0; index < 10; index++) refresh.look();
    await until(() => !isInDoubt);
    await rest(50);
    expect(questions).toBe(1);
    isInDoubt = true;
    refresh.look();
    refresh.stop();
    await rest(30);
    expect(questions).toBe(1);
  });
});

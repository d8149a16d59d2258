import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type WakeReason, watchForWaking } from "./wake.ts";

const reasons: WakeReason[] = [];
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  reasons.length = 0;
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("clocks", () => {
  /** Two clocks that a test sets as it likes. */
  function watch(hasSteadyClock = true) {
    const clocks = { now: 1_000_000, steady: 0 };
    stop = watchForWaking((reason) => reasons.push(reason), {
      now: () => clocks.now,
      steady: hasSteadyClock ? () => clocks.steady : null,
    });
    return (now: number, steady: number) => {
      clocks.now += now;
      clocks.steady += steady;
      vi.advanceTimersByTime(2_000);
    };
  }

  it("that go on as they should are nothing to speak of", () => {
    const pass = watch();
    for (let time = 0; time < 10; time++) pass(2_003, 2_002);
    pass(4_500, 4_500);
    expect(reasons).toEqual([]);
  });

  it("tell of sleep, whether the steady one stood still meanwhile or not", () => {
    const pass = watch();
    pass(600_000, 600_000);
    pass(2_000, 2_000);
    pass(600_000, 2_000);
    // Its clock was set back meanwhile.
    pass(-3_000_000, 600_000);
    expect(reasons).toEqual(["slept", "slept", "slept"]);
  });

  it("tell when the device's was set, forth or back", () => {
    const pass = watch();
    pass(2_000 + 700, 2_000);
    pass(2_000 - 3_600_000, 2_000);
    pass(2_000, 2_000);
    expect(reasons).toEqual(["clock_set", "clock_set"]);
  });

  it("tell what they can where there is only one", () => {
    const pass = watch(false);
    pass(2_100, 0);
    pass(60_000, 0);
    pass(-60_000, 0);
    expect(reasons).toEqual(["slept", "clock_set"]);
  });
});

describe("a browser", () => {
  it("tells when the page is seen again and when the network comes and goes", () => {
    const [page, view] = [new EventTarget(), new EventTarget()];
    const document = Object.assign(page, { visibilityState: "hidden" });
    vi.stubGlobal("document", document);
    vi.stubGlobal("window", view);
    stop = watchForWaking((reason) => reasons.push(reason));
    page.dispatchEvent(new Event("visibilitychange"));
    document.visibilityState = "visible";
    page.dispatchEvent(new Event("visibilitychange"));
    page.dispatchEvent(new Event("resume"));
    for (const name of ["offline", "online", "pageshow"]) view.dispatchEvent(new Event(name));
    expect(reasons).toEqual(["visible", "visible", "offline", "online", "visible"]);
    stop();
    page.dispatchEvent(new Event("visibilitychange"));
    view.dispatchEvent(new Event("online"));
    expect(reasons).toHaveLength(5);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not needed: elsewhere a window may be anything", () => {
    vi.stubGlobal("window", globalThis);
    vi.stubGlobal("document", {});
    stop = watchForWaking((reason) => reasons.push(reason));
    expect(reasons).toEqual([]);
  });
});

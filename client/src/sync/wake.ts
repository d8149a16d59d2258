/** Why it is time to look after everything. */
export type WakeReason = "visible" | "online" | "offline" | "slept" | "clock_set";

/** What there is of a browser. */
interface Hooks {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

export interface WakeOptions {
  /** How often to look whether timers are late, in ms; 2 s unless given. */
  readonly tickMs?: number;
  /** The device's clock, ms since the epoch; `Date.now` unless given. */
  readonly now?: () => number;
  /** A clock that nobody sets, in ms; `performance.now` where there is one. */
  readonly steady?: (() => number) | null;
}

/** A timer that is later than this was not late by accident. */
const LATE_MS = 5_000;
/** Clocks that differ by more than this over one tick were set. */
const SET_MS = 250;

/**
 * Tells when the application came to the foreground, the network came or went (where there is a
 * document and a window to say so), and when timers show that the device slept or that its clock was
 * set. Returns how to stop it.
 */
export function watchForWaking(
  onWake: (reason: WakeReason) => void,
  options: WakeOptions = {},
): () => void {
  const hooked = [
    hook("document", "visibilitychange", () => isHidden() || onWake("visible")),
    hook("document", "resume", () => onWake("visible")),
    hook("window", "pageshow", () => onWake("visible")),
    hook("window", "online", () => onWake("online")),
    hook("window", "offline", () => onWake("offline")),
    watchClocks(onWake, options),
  ];
  return () => {
    for (const unhook of hooked.splice(0)) unhook();
  };
}

/** Elsewhere `window` may exist and be no event target, or `document` not at all. */
function hook(name: "document" | "window", type: string, listener: () => void): () => void {
  const target = (globalThis as Record<string, unknown>)[name] as Partial<Hooks> | undefined;
  if (
    typeof target?.addEventListener !== "function" ||
    typeof target.removeEventListener !== "function"
  ) {
    return () => {};
  }
  target.addEventListener(type, listener);
  return () => target.removeEventListener?.(type, listener);
}

function isHidden(): boolean {
  const page = (globalThis as { document?: { visibilityState?: string } }).document;
  return page?.visibilityState === "hidden";
}

function watchClocks(onWake: (reason: WakeReason) => void, options: WakeOptions): () => void {
  const { tickMs = 2_000, now = Date.now, steady = steadyClock() } = options;
  let lastNow = now();
  let lastSteady = steady?.() ?? 0;
  const timer = setInterval(() => {
    const passed = now() - lastNow;
    const passedSteadily = steady ? steady() - lastSteady : Math.max(passed, tickMs);
    lastNow += passed;
    lastSteady += passedSteadily;
    // Some steady clocks stand still during sleep, others do not.
    if (Math.max(passed, passedSteadily) > tickMs + LATE_MS) onWake("slept");
    else if (Math.abs(passed - passedSteadily) > SET_MS) onWake("clock_set");
  }, tickMs);
  return () => clearInterval(timer);
}

function steadyClock(): (() => number) | null {
  const { performance } = globalThis as { performance?: { now?: () => number } };
  return typeof performance?.now === "function" ? () => performance.now?.() ?? 0 : null;
}

import { afterEach, expect, it, vi } from "vitest";
import { defaultStorage } from "./storage.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("is the browser's own where there is one", () => {
  const localStorage = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
  vi.stubGlobal("localStorage", localStorage);
  expect(defaultStorage()).not.toBe(localStorage);
  vi.stubGlobal("document", {});
  expect(defaultStorage()).toBe(localStorage);
});

it("is the memory where the browser forbids to keep anything", () => {
  vi.stubGlobal("document", {});
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
  try {
    const storage = defaultStorage();
    storage.setItem("key", "value");
    expect(storage.getItem("key")).toBe("value");
    storage.removeItem("key");
    expect(storage.getItem("key")).toBeNull();
  } finally {
    if (before === undefined) delete (globalThis as { localStorage?: unknown }).localStorage;
    else Object.defineProperty(globalThis, "localStorage", before);
  }
});

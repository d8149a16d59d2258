import { afterEach, describe, expect, it, vi } from "vitest";
import { newId } from "./ids.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

afterEach(() => vi.unstubAllGlobals());

describe("a new id", () => {
  it("is a UUID", () => {
    expect(newId()).toMatch(UUID);
  });

  it("is one also where there is no randomUUID, as in React Native and on plain HTTP", () => {
    const { crypto } = globalThis;
    vi.stubGlobal("crypto", {
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
    });
    const ids = Array.from({ length: 100 }, newId);
    for (const id of ids) expect(id).toMatch(UUID);
    expect(new Set(ids).size).toBe(100);
  });

  it.each([undefined, {}])("says what to add where there is no randomness (%j)", (crypto) => {
    vi.stubGlobal("crypto", crypto);
    expect(newId).toThrow("react-native-get-random-values");
  });
});

import type { OutboxStorage } from "./types.ts";

/** A storage that forgets everything with the process. */
export function memoryStorage(): OutboxStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

/** The browser's localStorage where there is one that may be used, else the memory. */
export function defaultStorage(): OutboxStorage {
  // Deno and newer Node have a localStorage of the process, that is no person's.
  return isBrowser() ? browserStorage() ?? memoryStorage() : memoryStorage();
}

function isBrowser(): boolean {
  return "document" in globalThis;
}

/** Where people forbid it to keep anything, touching it is an error already. */
function browserStorage(): OutboxStorage | null {
  try {
    const { localStorage } = globalThis as { localStorage?: OutboxStorage };
    return localStorage ?? null;
  } catch {
    return null;
  }
}

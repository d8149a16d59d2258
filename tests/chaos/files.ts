import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Made } from "./messages.ts";

/** Storage as an application has it, in a folder: what it holds outlives the process. */
export function folderStorage(folder: string): {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
} {
  mkdirSync(folder, { recursive: true });
  const path = (key: string) => join(folder, encodeURIComponent(key));
  return {
    getItem(key) {
      try {
        return readFileSync(path(key), "utf8");
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    setItem(key, value) {
      // In one step: a process that is killed leaves the old or the new, as databases do.
      writeFileSync(`${path(key)}.new`, value);
      renameSync(`${path(key)}.new`, path(key));
    },
    removeItem: (key) => rmSync(path(key), { force: true }),
  };
}

/** Notes what was made, at once and for good. */
export function openJournal(folder: string): (made: Made) => void {
  mkdirSync(folder, { recursive: true });
  return (made) => appendFileSync(join(folder, "journal"), JSON.stringify(made) + "\n");
}

/** Everything that was ever noted there, in order. */
export function readJournal(folder: string): Made[] {
  try {
    const lines = readFileSync(join(folder, "journal"), "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

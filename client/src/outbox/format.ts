import type { LedgerRecord } from "./ledger.ts";
import { readRecord } from "./read-record.ts";

// How an outbox is written down: a line that says what follows, then a line for each record. So a
// text that was cut off, or damaged at one place, still has all its other lines.

const FORMAT = "live-workout-outbox";

/** The version of the format that this code writes. Raise it when older code could misread it. */
export const FORMAT_VERSION = 1;

/** What a stored text turned out to be. */
export interface Copy {
  /** Copies with higher numbers are newer. 0 for a text that does not say. */
  readonly generation: number;
  /** It is all there, in the format that this code knows. */
  readonly isWhole: boolean;
  /** Written by code that is newer than this. */
  readonly isNewer: boolean;
  /** Everything in it that could be read. */
  readonly records: ReadonlyMap<string, LedgerRecord>;
}

/** The copy that is no copy. */
export const NO_COPY: Copy = {
  generation: 0,
  isWhole: false,
  isNewer: false,
  records: new Map(),
};

/** Writes records down. */
export function encode(generation: number, records: readonly LedgerRecord[]): string {
  const head = { format: FORMAT, version: FORMAT_VERSION, generation, records: records.length };
  return [head, ...records].map((line) => JSON.stringify(line)).join("\n");
}

/** Reads what can be read. Whatever the text is, this does not fail. */
export function decode(text: string | null): Copy {
  if (text === null || text === "") return NO_COPY;
  const [first, ...rest] = text.split("\n").map(parse);
  const head = readHead(first);
  const lines = head === null ? [first, ...rest] : rest;
  const records = new Map(
    lines.map(readRecord).flatMap((record) => record === null ? [] : [[record.id, record]]),
  );
  return {
    generation: head?.generation ?? 0,
    isWhole: head?.version === FORMAT_VERSION && head.records === records.size,
    isNewer: head !== null && head.version > FORMAT_VERSION,
    records,
  };
}

function readHead(line: unknown) {
  const { format, version, generation, records } = Object(line) as Record<string, unknown>;
  if (format !== FORMAT || !Number.isSafeInteger(version)) return null;
  return {
    version: version as number,
    generation: Number.isSafeInteger(generation) ? generation as number : 0,
    records,
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

import type { OutboxEntry, OutboxState } from "./types.ts";

/**
 * What is kept of an entry, also after it is gone: then as long as another tab, or an older copy in
 * the storage, may still have it and would bring it back.
 */
export interface LedgerRecord {
  readonly id: string;
  /** Its place among all entries. */
  readonly order: number;
  /** Raised by every change: of two versions the higher one holds. */
  readonly revision: number;
  /** null when it is gone. */
  readonly entry: OutboxEntry | null;
  /** When it was delivered, or was taken out (epoch milliseconds); 0 before. */
  readonly at: number;
}

const REMEMBERED_FOR_MS = 24 * 3600 * 1000;

/**
 * The records of an outbox, by id. Merging is commutative and idempotent: tabs that write over each
 * other, and old copies, come to the same result in whatever order they are read.
 */
export class Ledger {
  readonly #records = new Map<string, LedgerRecord>();
  #lastOrder = 0;
  #entries: readonly OutboxEntry[] | null = null;
  readonly #bySession = new Map<string, readonly OutboxEntry[]>();

  /** The entry, if it is there. */
  get(id: string): OutboxEntry | null {
    return this.#records.get(id)?.entry ?? null;
  }

  /** When it was delivered; 0 if it was not. */
  deliveredAt(id: string): number {
    return this.#records.get(id)?.at ?? 0;
  }

  /** Adds an entry at the end, or puts a new version in the place of the old one. */
  put(entry: OutboxEntry, at = 0): void {
    const before = this.#records.get(entry.id);
    // What was gone and is made again comes at the end.
    const order = before?.entry ? before.order : this.#lastOrder + 1;
    this.#set({ id: entry.id, order, revision: (before?.revision ?? 0) + 1, entry, at });
  }

  /** Takes an entry out. */
  remove(id: string, at: number): void {
    const before = this.#records.get(id);
    if (!before?.entry) return;
    this.#set({ ...before, revision: before.revision + 1, entry: null, at: Math.max(at, 1) });
  }

  /** Takes over what others know better; whether there was any such thing. */
  merge(records: Iterable<LedgerRecord>): boolean {
    let changed = false;
    for (const record of records) {
      const mine = this.#records.get(record.id);
      if (mine !== undefined && !isAhead(record, mine)) continue;
      // Something that is long gone, and was never known here.
      if (mine === undefined && record.entry === null) this.#records.set(record.id, record);
      else {
        this.#set(record);
        changed = true;
      }
    }
    return changed;
  }

  /** Whether there is something here that these records do not have. */
  isAheadOf(records: ReadonlyMap<string, LedgerRecord>): boolean {
    for (const mine of this.#records.values()) {
      const theirs = records.get(mine.id);
      if (theirs === undefined ? mine.entry !== null : isAhead(mine, theirs)) return true;
    }
    return false;
  }

  /** Everything worth keeping: without what is gone for so long that nobody can have it. */
  records(now: number): LedgerRecord[] {
    for (const { id, entry, at } of this.#records.values()) {
      if (entry === null && Math.abs(now - at) > REMEMBERED_FOR_MS) this.#records.delete(id);
    }
    return [...this.#records.values()].sort(inOrder);
  }

  /** The entries in order; the same array until one of them changes. */
  entries(sessionId?: string): readonly OutboxEntry[] {
    this.#entries ??= [...this.#records.values()]
      .sort(inOrder)
      .flatMap(({ entry }) => entry === null ? [] : [entry]);
    if (sessionId === undefined) return this.#entries;
    const before = this.#bySession.get(sessionId) ?? NONE;
    const after = this.#entries.filter((entry) => entry.sessionId === sessionId);
    if (isSame(before, after)) return before;
    this.#bySession.set(sessionId, after);
    return after;
  }

  #set(record: LedgerRecord): void {
    this.#records.set(record.id, record);
    this.#lastOrder = Math.max(this.#lastOrder, record.order);
    this.#entries = null;
  }
}

const NONE: readonly OutboxEntry[] = [];
const PROGRESS: readonly OutboxState[] = ["waiting", "sending", "delivered", "refused"];

/** Of two changes at the same time, the one that is further holds. */
function isAhead(one: LedgerRecord, other: LedgerRecord): boolean {
  if (one.revision !== other.revision) return one.revision > other.revision;
  return progress(one) > progress(other);
}

function progress({ entry }: LedgerRecord): number {
  return entry === null ? PROGRESS.length : PROGRESS.indexOf(entry.state);
}

function inOrder(one: LedgerRecord, other: LedgerRecord): number {
  return one.order - other.order || (one.id < other.id ? -1 : 1);
}

function isSame(before: readonly OutboxEntry[], after: readonly OutboxEntry[]): boolean {
  return before.length === after.length && before.every((entry, index) => entry === after[index]);
}

import { type Copy, decode, encode, NO_COPY } from "./format.ts";
import type { Ledger } from "./ledger.ts";
import { andThen, isPromise, type Maybe, orElse } from "./maybe.ts";
import type { OutboxStorage } from "./types.ts";

// Two copies are written in turn: whatever a write that breaks off does to one, the other has
// everything up to the change before. What is read is merged, so tabs that share a storage and
// write over each other lose nothing either: each writes again what it misses of its own.

interface Slot {
  readonly key: string;
  text: string | null;
  copy: Copy;
}

const KEEP_AT_MOST = 500_000;

/** The name under which a person's outbox is kept. */
export function outboxKey(userId: string): string {
  return `live-workout.outbox.${userId}`;
}

/** Keeps a ledger in a storage. Nothing here fails: a storage that does is reported. */
export class Journal {
  readonly #key: string;
  readonly #slots: readonly [Slot, Slot];
  #running: Promise<void> | null = null;
  #again = false;
  #isAtOnce = true;

  constructor(
    private readonly storage: OutboxStorage,
    private readonly ledger: Ledger,
    private readonly options: {
      readonly userId: string;
      readonly now: () => number;
      readonly onError: (error: unknown) => void;
      /** Somebody else has written something that was taken over. */
      readonly onMerged: () => void;
    },
  ) {
    this.#key = outboxKey(options.userId);
    const slot = (name: string) => ({ key: `${this.#key}.${name}`, text: null, copy: NO_COPY });
    this.#slots = [slot("a"), slot("b")];
  }

  /** Whether a key of the storage is one of this journal's. */
  isOwn(key: string | null): boolean {
    return key === null || this.#slots.some((slot) => slot.key === key);
  }

  /** Takes over what others have stored. At once if the storage is. */
  read(): Maybe<void> {
    const done = orElse(() => this.#read(), this.options.onError);
    this.#isAtOnce = !isPromise(done);
    return done;
  }

  /** Takes over what other tabs have stored; a storage that only this process uses has no news. */
  refresh(): void {
    if (this.#isAtOnce) void this.read();
  }

  /** Writes what is not stored yet. It is there when this returns, if the storage writes at once. */
  save(): void {
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    const written = orElse(() => this.#write(), this.options.onError);
    if (!isPromise(written)) return;
    this.#running = written.then(() => {
      this.#running = null;
      if (!this.#again) return;
      this.#again = false;
      this.save();
    });
  }

  /** Resolves when everything so far is stored, or could not be. */
  async saved(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  #read(): Maybe<void> {
    const [a, b] = this.#slots;
    return andThen(
      this.storage.getItem(a.key),
      (textA) =>
        andThen(this.storage.getItem(b.key), (textB) => {
          const isNew = [look(a, textA), look(b, textB)].includes(true);
          if (isNew && this.#takeOver()) this.options.onMerged();
        }),
    );
  }

  /** Whether the copies had anything that was not known. */
  #takeOver(): boolean {
    // A damaged copy counts only when no other is whole: it is a change that did not happen.
    const newest = this.#newest();
    return this.#slots
      .filter((slot) => newest === null || slot === newest || slot.copy.isNewer)
      .map(({ copy }) => this.ledger.merge(copy.records.values()))
      .includes(true);
  }

  #write(): Maybe<void> {
    return andThen(this.#read(), () => {
      const newest = this.#newest();
      if (newest !== null && !this.ledger.isAheadOf(newest.copy.records)) return;
      const [a, b] = this.#slots;
      const target = newest === a ? b : a;
      const generation = Math.max(a.copy.generation, b.copy.generation) + 1;
      const records = this.ledger.records(this.options.now());
      if (newest === null && records.length === 0 && !isDamaged(a) && !isDamaged(b)) return;
      const text = encode(generation, records);
      return andThen(
        this.#keepUnreadable(target),
        () =>
          andThen(this.storage.setItem(target.key, text), () => {
            target.text = text;
            target.copy = {
              generation,
              isWhole: true,
              isNewer: false,
              records: new Map(records.map((record) => [record.id, record])),
            };
          }),
      );
    });
  }

  /** The copy that holds, unless none is whole. */
  #newest(): Slot | null {
    const whole = this.#slots.filter(({ copy }) => copy.isWhole);
    return whole.sort((one, other) => other.copy.generation - one.copy.generation)[0] ?? null;
  }

  /** Before writing over what this code cannot read, puts it where it is not in the way. */
  #keepUnreadable(target: Slot): Maybe<void> {
    const unreadable = this.#slots
      .filter((slot) => isDamaged(slot))
      // A write that was torn: the other copy has what was in this one.
      .filter((slot) => this.#newest() === null || (slot === target && slot.copy.isNewer))
      .map(({ text }) => text);
    if (unreadable.length === 0) return;
    const key = `${this.#key}.kept`;
    return andThen(this.storage.getItem(key), (kept) => {
      const all = [kept, ...unreadable.filter((text) => !kept?.includes(text ?? ""))]
        .filter((text) => text !== null)
        .join("\n");
      if (all === kept) return;
      return this.storage.setItem(key, all.slice(-KEEP_AT_MOST));
    });
  }
}

/** Takes notice of what is stored in a slot; whether it is something new. */
function look(slot: Slot, text: string | null): boolean {
  if (text === slot.text) return false;
  slot.text = text;
  slot.copy = decode(text);
  return true;
}

function isDamaged({ text, copy }: Slot): boolean {
  return text !== null && text !== "" && !copy.isWhole;
}

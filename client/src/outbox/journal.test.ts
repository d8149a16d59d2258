import { describe, expect, it, vi } from "vitest";
import { encode, FORMAT_VERSION } from "./format.ts";
import { Journal } from "./journal.ts";
import { Ledger } from "./ledger.ts";
import { memoryStorage } from "./storage.ts";
import type { OutboxEntry, OutboxStorage } from "./types.ts";

const A = "live-workout.outbox.me.a";
const B = "live-workout.outbox.me.b";
const KEPT = "live-workout.outbox.me.kept";
const NOW = 1_795_420_800_000;

function message(id: string): OutboxEntry {
  const head = { id, sessionId: "s", madeAt: NOW, state: "waiting", attempts: 0 } as const;
  return { ...head, kind: "message", message: id };
}

function open(storage: OutboxStorage) {
  const ledger = new Ledger();
  const onError = vi.fn();
  const onMerged = vi.fn();
  const journal = new Journal(storage, ledger, { userId: "me", now: () => NOW, onError, onMerged });
  void journal.read();
  const ids = () => ledger.entries().map(({ id }) => id);
  const put = (...names: string[]) => {
    for (const id of names) {
      ledger.put(message(id));
      journal.save();
    }
  };
  return { ledger, journal, ids, put, onError, onMerged };
}

const textOf = (storage: OutboxStorage, key: string) => storage.getItem(key) as string;

describe("a journal", () => {
  it("is read as it was written, by whoever opens it next", () => {
    const storage = memoryStorage();
    const first = open(storage);
    first.put("one", "two", "three");
    first.ledger.remove("two", NOW);
    first.journal.save();
    const second = open(storage);
    expect(second.ledger.entries()).toEqual([message("one"), message("three")]);
    expect(second.onError).not.toHaveBeenCalled();
  });

  it("writes nothing when there is nothing new", () => {
    const storage = memoryStorage();
    const { journal, put } = open(storage);
    journal.save();
    expect(storage.getItem(A)).toBeNull();
    put("one");
    const setItem = vi.spyOn(storage, "setItem");
    journal.save();
    expect(setItem).not.toHaveBeenCalled();
  });

  it("forgets after a day what is gone", () => {
    const storage = memoryStorage();
    const { ledger, journal, put } = open(storage);
    put("one");
    ledger.remove("one", NOW - 25 * 3600 * 1000);
    put("two", "three");
    journal.save();
    expect(textOf(storage, A) + textOf(storage, B)).not.toContain('"entry":null');
  });

  it("is what it was before a write that broke off at any place", () => {
    const storage = memoryStorage();
    open(storage).put("one", "two", "three");
    const whole = textOf(storage, A);
    expect(whole).toContain("three");
    for (let length = 0; length < whole.length; length++) {
      storage.setItem(A, whole.slice(0, length));
      const next = open(storage);
      expect(next.ids()).toEqual(["one", "two"]);
      next.put("four");
      expect(open(storage).ids()).toEqual(["one", "two", "four"]);
      storage.removeItem(B);
      storage.setItem(
        B,
        encode(2, [
          { id: "one", order: 1, revision: 1, entry: message("one"), at: 0 },
          { id: "two", order: 2, revision: 1, entry: message("two"), at: 0 },
        ]),
      );
    }
    expect(storage.getItem(KEPT)).toBeNull();
  });

  it("takes no part of a change that was not written to its end", () => {
    const storage = memoryStorage();
    open(storage).put("one", "two", "three");
    storage.setItem(A, textOf(storage, A).replace('"records":3', '"records":4'));
    expect(open(storage).ids()).toEqual(["one", "two"]);
  });

  it("gives what can be read when both copies are damaged, and keeps the damaged text", () => {
    const storage = memoryStorage();
    open(storage).put("one", "two", "three");
    const damaged = textOf(storage, A).replace('"id":"two"', '"id":"tw');
    storage.setItem(A, damaged);
    storage.setItem(B, "\u0000 garbage");
    const next = open(storage);
    expect(next.ids()).toEqual(["one", "three"]);
    next.put("four");
    expect(storage.getItem(KEPT)).toBe(`${damaged}\n\u0000 garbage`);
    expect(open(storage).ids()).toEqual(["one", "three", "four"]);
  });

  it.each(["", "null", "[]", "{}", '"text"', "1\n2\n3", '{"format":"live-workout-outbox"}'])(
    "is not impressed by %j",
    (text) => {
      const storage = memoryStorage();
      storage.setItem(A, text);
      storage.setItem(B, text);
      const next = open(storage);
      expect(next.ids()).toEqual([]);
      next.put("one");
      expect(open(storage).ids()).toEqual(["one"]);
    },
  );

  it("does not write over what newer code has written, before it is safe elsewhere", () => {
    const storage = memoryStorage();
    open(storage).put("one");
    const newer = [
      { format: "live-workout-outbox", version: FORMAT_VERSION + 1, generation: 9, records: 2 },
      { id: "two", order: 2, revision: 1, entry: message("two"), at: 0 },
      { id: "three", order: 3, revision: 1, entry: { kind: "hologram" }, at: 0 },
    ].map((line) => JSON.stringify(line)).join("\n");
    storage.setItem(B, newer);
    const next = open(storage);
    expect(next.ids()).toEqual(["one", "two"]);
    next.put("four");
    expect(storage.getItem(KEPT)).toBe(newer);
    expect(open(storage).ids()).toEqual(["one", "two", "four"]);
  });

  it("reports a storage that fails, goes on, and writes everything once it works", () => {
    const storage = memoryStorage();
    const { journal, put, ids, onError } = open(storage);
    const setItem = vi.spyOn(storage, "setItem").mockImplementation(() => {
      throw new Error("The disk is full.");
    });
    put("one", "two");
    expect(onError).toHaveBeenCalledTimes(2);
    expect(ids()).toEqual(["one", "two"]);
    setItem.mockRestore();
    journal.save();
    expect(open(storage).ids()).toEqual(["one", "two"]);
  });
});

describe("two journals of one person", () => {
  it("know of each other what is written, and lose nothing when they write over each other", () => {
    const values = new Map<string, string>();
    const share = (): OutboxStorage => ({
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    });
    const [one, other] = [open(share()), open(share())];
    one.put("one");
    other.put("two");
    expect(other.ids()).toEqual(["one", "two"]);
    expect(other.onMerged).toHaveBeenCalledOnce();
    // As if both had read before either wrote: the last writer wins the storage.
    const before = new Map(values);
    one.put("three");
    for (const key of values.keys()) values.delete(key);
    for (const [key, value] of before) values.set(key, value);
    other.put("four");
    expect(other.ids()).not.toContain("three");
    // It is told that somebody wrote.
    one.journal.save();
    other.journal.save();
    expect(new Set(one.ids())).toEqual(new Set(["one", "two", "three", "four"]));
    expect(other.ids()).toEqual(one.ids());
    expect(open(share()).ids()).toEqual(one.ids());
  });

  it("do not bring back what the other one has taken out", () => {
    const storage = memoryStorage();
    const one = open(storage);
    one.put("one");
    const other = open(storage);
    one.ledger.remove("one", NOW);
    one.journal.save();
    other.put("two");
    expect(other.ids()).toEqual(["two"]);
    expect(open(storage).ids()).toEqual(["two"]);
  });
});

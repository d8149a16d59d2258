/** Numbers that follow from a seed alone: the same seed makes the same decisions again. */
export class Random {
  #state: number;

  /** @param seed any text or number */
  constructor(readonly seed: string | number) {
    this.#state = hash(String(seed));
  }

  /** A generator of its own for one part, so that parts do not change each other's decisions. */
  fork(part: string | number): Random {
    return new Random(`${this.seed}/${part}`);
  }

  /** From 0 up to, but not, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A number from `least` up to, but not, `most`. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number from `least` to `most`, both possible. */
  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of them. Raises RangeError if there is none. */
  pick<Item>(items: readonly Item[]): Item {
    const index = this.integer(0, items.length - 1);
    if (index >= items.length || index < 0) throw new RangeError("There is nothing to pick from.");
    return items[index] as Item;
  }

  /** The same items in another order. */
  shuffle<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, at: this.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
}

/** FNV-1a, then mixed well: seeds that resemble each other must not. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

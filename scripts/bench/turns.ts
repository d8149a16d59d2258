/** What each way measured, a turn each: a time or a rate, unless it says otherwise. */
export type Turns<Name extends string, Value = number> = Record<Name, Value[]>;

/**
 * Lets ways of doing the same thing take turns, so that whatever else the machine does meets all of
 * them alike.
 *
 * @param turns how many of each count, after one that does not: it compiles, plans and fills caches
 */
export async function takeTurns<Name extends string, Value = number>(
  turns: number,
  ways: Record<Name, (turn: number) => Promise<Value>>,
): Promise<Turns<Name, Value>> {
  const names = Object.keys(ways) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Turns<
    Name,
    Value
  >;
  for (let turn = -1; turn < turns; turn++) {
    for (const name of names) {
      const value = await ways[name](turn);
      if (turn >= 0) measured[name].push(value);
    }
  }
  return measured;
}

/** How long something takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

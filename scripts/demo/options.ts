import { parseArgs } from "node:util";

/** How the demo is run. */
export interface DemoOptions {
  /** Whose terminal this is; three people in one terminal if nobody is named. */
  readonly as?: string;
  /** How many sets log themselves, one every half second; none unless given. */
  readonly sets: number;
}

/** How to call it. */
export const USAGE = `npm run demo
    three people train together in this terminal

npm run demo -- --as alice@example.com
    Alice trains in this terminal; somebody else may do so in another one
      --auto       sets log themselves
      --sets <n>   … but no more than so many`;

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong with it
 */
export function parseOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      as: { type: "string" },
      auto: { type: "boolean" },
      sets: { type: "string" },
    },
  });
  const { as, auto = false, sets } = values;
  if (as === undefined) {
    if (auto || sets !== undefined) throw new Error("--auto and --sets go with --as.");
    return { sets: 0 };
  }
  if (sets === undefined) return { as, sets: auto ? Number.POSITIVE_INFINITY : 0 };
  if (!auto) throw new Error("--sets goes with --auto.");
  if (!/^[1-9]\d*$/.test(sets)) throw new Error(`--sets is a number from 1, not ${sets}.`);
  return { as, sets: Number(sets) };
}

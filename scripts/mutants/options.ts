import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface Options {
  /** Only mutants whose names contain one of these, case ignored; empty: all. */
  only: string[];
  /** At most so many, spread evenly; undefined: all. */
  sample?: number;
  /** Ask the tests about behaviour also where the lists of the catalogue suffice. */
  thorough: boolean;
  /** Name the mutants and run nothing. */
  list: boolean;
}

export const usage = `Usage: npm run test:mutants -- [options]

  --only <text>     only mutants whose names contain the text; may be given again
  --sample <n>      only n of them, spread evenly
  --thorough        look for behaviour that notices widened grants, which the lists of the catalogue
                    (070_pins.sql) notice already: three times as long
  --list            name the mutants, run nothing`;

/**
 * Reads the command line.
 *
 * @throws Error that says how to use it
 */
export function parseOptions(args: readonly string[]): Options {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        only: { type: "string", multiple: true },
        sample: { type: "string" },
        thorough: { type: "boolean" },
        list: { type: "boolean" },
      },
    }));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
  if (values.sample !== undefined && !/^[1-9]\d*$/.test(values.sample)) {
    throw new Error(`--sample is a positive number, not "${values.sample}".\n\n${usage}`);
  }
  return {
    only: values.only ?? [],
    ...(values.sample !== undefined ? { sample: Number(values.sample) } : {}),
    thorough: values.thorough ?? false,
    list: values.list ?? false,
  };
}

/** Those of the names that the options want, in their order. */
export function select<Named extends { name: string }>(
  all: readonly Named[],
  { only, sample }: Options,
): Named[] {
  const wanted = all.filter(({ name }) =>
    only.length === 0 || only.some((text) => name.toLowerCase().includes(text.toLowerCase()))
  );
  if (sample === undefined || sample >= wanted.length) return wanted;
  return Array.from(
    { length: sample },
    (_, index) => wanted[Math.floor(index * wanted.length / sample)]!,
  );
}

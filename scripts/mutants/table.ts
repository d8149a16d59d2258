import { equivalent } from "./equivalent.ts";
import type { Outcome } from "./trial.ts";

/** Whether any test noticed. */
export function isCaught({ behaviour, pins }: Outcome): boolean {
  return behaviour !== undefined || pins;
}

/** The row of one mutant. */
export function row(outcome: Outcome): string {
  const { mutant, behaviour, pins } = outcome;
  const known = equivalent[mutant.name];
  const word = isCaught(outcome) ? "caught" : known ? "equivalent" : "SURVIVED";
  return [
    word.padEnd(10),
    (behaviour ?? "-").padEnd(24),
    (pins ? "pins" : "-").padEnd(4),
    mutant.name,
  ]
    .join("  ");
}

/** The head of the rows. */
export const head = ["outcome".padEnd(10), "by behaviour in".padEnd(24), "pins", "mutant"].join(
  "  ",
);

/**
 * The report below the rows. Its last line counts.
 *
 * @returns the lines and how many survived
 */
export function summary(outcomes: readonly Outcome[]): { lines: string[]; survived: number } {
  const caught = outcomes.filter(isCaught);
  const missed = outcomes.filter((outcome) => !isCaught(outcome));
  const excused = missed.filter(({ mutant }) => mutant.name in equivalent);
  const survived = missed.filter(({ mutant }) => !(mutant.name in equivalent));
  const unasked = caught.filter(({ behaviour }) => behaviour === "not asked");
  const pinned = caught.filter(({ behaviour }) => behaviour === undefined);
  const needless = caught.filter(({ mutant }) => mutant.name in equivalent);
  const list = (title: string, some: readonly string[]) =>
    some.length === 0 ? [] : ["", `${title} (${some.length}):`, ...some.map((text) => `  ${text}`)];
  const names = (some: readonly Outcome[]) => some.map(({ mutant }) => mutant.name);
  return {
    survived: survived.length + needless.length,
    lines: [
      ...list("Only the lists of the catalogue notice", names(pinned)),
      ...list(
        "Equivalent",
        excused.map(({ mutant }) => `${mutant.name}\n    ${equivalent[mutant.name]}`),
      ),
      ...list("Called equivalent, but caught: take them off the list", names(needless)),
      ...list("Survived", names(survived)),
      "",
      `${caught.length - pinned.length - unasked.length} caught by behaviour, ${
        outcomes.filter(({ pins }) => pins).length
      } by the lists of the catalogue, ${pinned.length} by those alone, ` +
      `${unasked.length} not asked about (--thorough), ${excused.length} equivalent.`,
      `${caught.length} caught, ${survived.length} survived`,
    ],
  };
}

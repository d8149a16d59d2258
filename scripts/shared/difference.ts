/** How many lines of each side are shown. */
const SHOWN_LINES = 6;
/** How far ahead the two are searched for where they meet again. */
const SEARCHED_LINES = 500;
/** How many equal lines count as having met. */
const EQUAL_LINES = 2;

/**
 * The first place where two texts part, as a person reads it: lines only in the file with a minus,
 * lines that the database asks for with a plus. Meant as a hint where to look, not as a patch.
 */
export function firstDifference(found: string, expected: string): string {
  const before = found.split("\n");
  const after = expected.split("\n");
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const [gone, added] = untilTheyMeet(before.slice(start), after.slice(start));
  return [`  line ${start + 1}:`, ...excerpt(gone, "-"), ...excerpt(added, "+")].join("\n");
}

/** What each has before the next lines that both have, or all of it. */
function untilTheyMeet(before: string[], after: string[]): [gone: string[], added: string[]] {
  for (let distance = 1; distance <= SEARCHED_LINES; distance++) {
    for (let gone = 0; gone <= distance; gone++) {
      const added = distance - gone;
      if (gone <= before.length && added <= after.length && meet(before, gone, after, added)) {
        return [before.slice(0, gone), after.slice(0, added)];
      }
    }
  }
  return [before, after];
}

function meet(before: string[], gone: number, after: string[], added: number): boolean {
  for (let line = 0; line < EQUAL_LINES; line++) {
    // Beyond the end both are undefined: to end together is to meet as well.
    if (before[gone + line] !== after[added + line]) return false;
  }
  return true;
}

function excerpt(lines: readonly string[], sign: string): string[] {
  const shown = lines.slice(0, SHOWN_LINES).map((line) => `  ${sign} ${line}`);
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, `  ${sign} … and ${more} more`] : shown;
}

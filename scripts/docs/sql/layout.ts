import { type Group, inline, parse } from "./tokens.ts";

const WIDTH = 96;

/** SQL in one line. */
export function oneLine(source: string): string {
  return withoutCasts(inline(parse(source)));
}

/**
 * A condition as a person would write it: `<head> (<condition>)`, over several lines if it is long.
 *
 * @param head what goes before it, like `using`
 */
export function condition(head: string, source: string): string {
  return withoutCasts(wrapped(`${head} `, parse(source), "", 0));
}

/** A literal's type is clear from what it stands next to. */
function withoutCasts(source: string): string {
  return source
    .replace(
      /('(?:[^']|'')*')::(?:"[^"]+"|[a-z_][\w.]*(?: with(?:out)? time zone)?)(?:\[\])?/g,
      "$1",
    )
    .replace(/\b(null|\d+(?:\.\d+)?)::[a-z_][\w.]*(?:\[\])?/g, "$1");
}

function wrapped(before: string, group: Group, after: string, depth: number): string {
  const whole = `${before}(${inline(group)})${after}`;
  const indent = "  ".repeat(depth);
  if (indent.length + withoutCasts(whole).length <= WIDTH) return `${indent}${whole}`;
  const lines = split(group).map((part) => line(part, depth + 1));
  return [`${indent}${before}(`, ...lines, `${indent})${after}`].join("\n");
}

/** One operand of a chain, or one clause of a query. */
function line(part: Group, depth: number): string {
  const text = inline(part);
  const indent = "  ".repeat(depth);
  if (indent.length + withoutCasts(text).length <= WIDTH) return `${indent}${text}`;
  const [first, ...others] = splitAtOperators(part);
  if (first !== undefined && others.length > 0) {
    return [line(first, depth), ...others.map((other) => line(other, depth + 1))].join("\n");
  }
  const lengths = part.map(inlineLength);
  const longest = lengths.indexOf(Math.max(...lengths));
  const middle = part[longest];
  if (typeof middle !== "object") return `${indent}${text}`;
  return wrapped(
    inline(part.slice(0, longest)),
    middle,
    inline(part.slice(longest + 1)),
    depth,
  );
}

function inlineLength(part: string | Group | undefined): number {
  return typeof part === "object" ? inline(part).length : 0;
}

/** Parts a query at its clauses, everything else at what binds loosest in it. */
function split(group: Group): Group[] {
  return group[0] === "select" ? splitAt(group, ["from", "where"]) : splitAtOperators(group);
}

/** Parts a chain at `or`, else at `and`; one that is neither stays whole. */
function splitAtOperators(group: Group): Group[] {
  const parts = splitAt(group, ["or"]);
  return parts.length > 1 ? parts : splitAt(group, ["and"]);
}

function splitAt(group: Group, words: readonly string[]): Group[] {
  const parts: Group[] = [[]];
  let inBetween = false;
  for (const part of group) {
    if (part === "between") inBetween = true;
    const separates = typeof part === "string" && words.includes(part) &&
      !(part === "and" && inBetween);
    if (part === "and") inBetween = false;
    if (separates) parts.push([]);
    parts.at(-1)!.push(part);
  }
  return parts.map((part) => part.at(-1) === " " ? part.slice(0, -1) : part)
    .filter((part) => part.length > 0);
}

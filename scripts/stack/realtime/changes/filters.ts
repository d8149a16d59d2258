/** How a filter compares; any of them may be turned around with `not.`. */
export const operators = [
  "eq",
  "neq",
  "lt",
  "lte",
  "gt",
  "gte",
  "in",
  "like",
  "ilike",
  "is",
  "match",
  "imatch",
  "isdistinct",
] as const;
export type Operator = typeof operators[number];

/** One condition on a column. `value` is text that Postgres reads; for `in` that of an array. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
  readonly negated: boolean;
}

/** A filter that cannot be read; `message` goes to the client. */
export class FilterError extends Error {}

/**
 * Reads `column=operator.value`, several with commas between them, all of which have to hold.
 * Raises FilterError.
 */
export function parseFilters(text: string): Filter[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : splitAtCommas(trimmed).map(parseFilter);
}

/** At commas outside parentheses and outside quotes, which open only where a value can begin. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? "";
    if (quoted && char === "\\" && index + 1 < text.length) {
      part += char + text[++index];
      continue;
    }
    if (!quoted && depth === 0 && char === ",") {
      parts.push(part);
      part = "";
      continue;
    }
    if (char === '"' && (quoted || /[.(,]$/.test(part))) quoted = !quoted;
    else if (!quoted && char === "(") depth++;
    else if (!quoted && char === ")") depth = Math.max(0, depth - 1);
    part += char;
  }
  return [...parts, part];
}

function parseFilter(part: string): Filter {
  const text = part.trim();
  if (text === "") {
    throw new FilterError("filter must not contain empty segments (check for extra commas)");
  }
  const equals = text.indexOf("=");
  if (equals < 0) throw new FilterError(JSON.stringify([text]));
  const column = text.slice(0, equals);
  const condition = text.slice(equals + 1);
  const negated = condition.startsWith("not.");
  const positive = negated ? condition.slice("not.".length) : condition;
  const dot = positive.indexOf(".");
  if (dot < 0) throw new FilterError(list(positive));
  const operator = operators.find((known) => known === positive.slice(0, dot));
  const value = positive.slice(dot + 1);
  if (operator === undefined) throw new FilterError(list(positive.slice(0, dot), value));
  return { column, operator, negated, value: operator === "in" ? asArray(value) : unquote(value) };
}

/** As the platform prints what it could not use. */
function list(...parts: string[]): string {
  return `[${parts.map((part) => JSON.stringify(part)).join(", ")}]`;
}

function asArray(value: string): string {
  if (!/^\(.*\)$/s.test(value)) {
    throw new FilterError("`in` filter value must be wrapped by parentheses");
  }
  return `{${value.slice(1, -1)}}`;
}

/** Takes the quotes off a value that is quoted as a whole. */
function unquote(value: string): string {
  const [, inner] = /^"((?:[^"\\]|\\.)*)"$/s.exec(value) ?? [];
  return inner === undefined ? value : inner.replace(/\\(.)/gs, "$1");
}

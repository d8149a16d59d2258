/** A call in a function's source. */
export interface Call {
  /** Zero-based offset of its first character. */
  start: number;
  /** Offset behind its closing parenthesis. */
  end: number;
  /** The function's name without its schema. */
  name: string;
  /** What stands between its parentheses, split at the outermost commas, trimmed. */
  arguments: string[];
}

/**
 * The calls of functions in schema private whose names match.
 *
 * @param source SQL or PL/pgSQL with plain string literals, as pg_get_functiondef gives it
 * @throws Error if a call's parentheses do not close
 */
export function findCalls(source: string, name: RegExp): Call[] {
  const calls: Call[] = [];
  for (const match of source.matchAll(/\bprivate\.(\w+)\s*\(/g)) {
    // The headline of the function itself is no call.
    if (!name.test(match[1]!) || /\bfunction\s+$/i.test(source.slice(0, match.index))) continue;
    calls.push({
      start: match.index,
      name: match[1]!,
      ...readArguments(source, match.index + match[0].length),
    });
  }
  return calls;
}

function readArguments(source: string, from: number): { end: number; arguments: string[] } {
  const parts: string[] = [];
  let depth = 0;
  let begin = from;
  for (let index = from; index < source.length; index++) {
    const character = source[index]!;
    if (character === "'") {
      index = source.indexOf("'", index + 1);
      if (index < 0) break;
    } else if (character === "(" || character === "[") depth++;
    else if (depth === 0 && character === ")") {
      parts.push(source.slice(begin, index).trim());
      return { end: index + 1, arguments: parts };
    } else if (character === ")" || character === "]") depth--;
    else if (depth === 0 && character === ",") {
      parts.push(source.slice(begin, index).trim());
      begin = index + 1;
    }
  }
  throw new Error(`A call does not end: ${source.slice(from, from + 80)}`);
}

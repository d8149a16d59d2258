/** One statement of a script and where it starts. */
export interface Statement {
  text: string;
  /** Zero-based character offset of its first character in the script. */
  offset: number;
}

/**
 * Splits a script at the semicolons that end statements: not those in strings, quoted names,
 * comments, dollar quotes, parentheses or the body of a `begin atomic` function. Comments before a
 * statement stay with the script, not with the statement.
 */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let start = -1;
  let depth = 0;
  let atomicDepth = 0;
  let previousWord = "";

  const finish = (end: number) => {
    if (start >= 0) {
      const text = script.slice(start, end).trimEnd();
      if (text !== "") statements.push({ text, offset: start });
    }
    start = -1;
    depth = 0;
    atomicDepth = 0;
    previousWord = "";
  };

  for (let index = 0; index < script.length;) {
    const skipped = skipComment(script, index);
    if (skipped > index) {
      index = skipped;
      continue;
    }
    const character = script[index]!;
    if (/\s/.test(character)) {
      index++;
      continue;
    }
    if (character === ";" && depth === 0 && atomicDepth === 0) {
      finish(index);
      index++;
      continue;
    }
    if (start < 0) start = index;

    const quoteEnd = skipQuoted(script, index);
    if (quoteEnd > index) {
      index = quoteEnd;
      previousWord = "";
      continue;
    }
    const word = /^[a-z_\u0080-\uffff][\w$\u0080-\uffff]*/iu.exec(script.slice(index, index + 128))
      ?.[0];
    if (word) {
      const lower = word.toLowerCase();
      if (lower === "atomic" && previousWord === "begin") atomicDepth = 1;
      else if (atomicDepth > 0 && lower === "case") atomicDepth++;
      else if (atomicDepth > 0 && lower === "end") atomicDepth--;
      previousWord = lower;
      index += word.length;
      continue;
    }
    if (character === "(") depth++;
    if (character === ")") depth = Math.max(0, depth - 1);
    previousWord = "";
    index++;
  }
  finish(script.length);
  return statements;
}

/** The one-based line of an offset. */
export function lineAt(script: string, offset: number): number {
  return script.slice(0, offset).split("\n").length;
}

function skipComment(script: string, index: number): number {
  if (script.startsWith("--", index)) {
    const end = script.indexOf("\n", index);
    return end < 0 ? script.length : end + 1;
  }
  if (!script.startsWith("/*", index)) return index;
  let depth = 0;
  for (let at = index; at < script.length; at++) {
    if (script.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (script.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return script.length;
}

/** The offset after a string, quoted name or dollar-quoted body that starts here, else `index`. */
function skipQuoted(script: string, index: number): number {
  const rest = script.slice(index, index + 80);
  const dollar = /^\$([a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iu.exec(rest)?.[0];
  if (dollar) {
    const end = script.indexOf(dollar, index + dollar.length);
    return end < 0 ? script.length : end + dollar.length;
  }
  const opening = /^(?:e'|')/i.exec(rest)?.[0] ?? (rest.startsWith('"') ? '"' : undefined);
  if (opening === undefined) return index;
  const quote = opening.at(-1)!;
  const escapes = opening.length === 2;
  for (let at = index + opening.length; at < script.length; at++) {
    if (escapes && script[at] === "\\") at++;
    else if (script[at] === quote) {
      if (script[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return script.length;
}

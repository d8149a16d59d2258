/** A piece of SQL in parentheses, or the whole of it. */
export type Group = (string | Group)[];

const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]|\s+|[^\s()'"]+/g;

/**
 * Parts SQL of the catalogue at its parentheses. Words of the language become lower case, runs of
 * space one space; texts and quoted names stay as they are.
 *
 * @throws Error if the parentheses do not match
 */
export function parse(source: string): Group {
  const root: Group = [];
  const open = [root];
  for (const [token] of source.matchAll(TOKEN)) {
    const current = open.at(-1)!;
    if (token === "(") {
      const group: Group = [];
      current.push(group);
      open.push(group);
    } else if (token === ")") {
      open.pop();
      if (open.length === 0) throw new Error(`Parentheses that do not match: ${source}`);
    } else current.push(word(token));
  }
  if (open.length > 1) throw new Error(`Parentheses that do not match: ${source}`);
  return simplify(root);
}

function word(token: string): string {
  if (/^\s/.test(token)) return " ";
  // Outside quotes only words of the language have capitals.
  return /^['"]/.test(token) ? token : token.toLowerCase();
}

/** Leaves out what the catalogue adds without saying anything by it. */
function simplify(group: Group): Group {
  let parts = group.map((part) => typeof part === "string" ? part : simplify(part));
  while (parts[0] === " ") parts = parts.slice(1);
  while (parts.at(-1) === " ") parts = parts.slice(0, -1);
  // ((x)) is (x).
  if (parts.length === 1 && typeof parts[0] === "object") return parts[0];
  // (select f() as f), for the alias is of no use there.
  const alias = parts.length - 3;
  if (parts[0] === "select" && parts[alias] === "as" && !parts.includes("from")) {
    parts = parts.slice(0, alias - 1);
  }
  return parts;
}

/** A group in one line, without parentheses around it. */
export function inline(group: Group): string {
  return group.map((part) => typeof part === "string" ? part : `(${inline(part)})`).join("");
}

import { typeName } from "./types.ts";

/** The parameters of a function, one each, as in its signature. */
export function parameterList(parameters: string): string[] {
  const parts: string[] = [];
  let current = "";
  let depth = 0;
  // A comma within a default's parentheses or quotes does not part two parameters.
  for (const [token] of parameters.matchAll(/'(?:[^']|'')*'|[()[\]{},]|[^'()[\]{},]+/g)) {
    if (token === "," && depth === 0) {
      parts.push(current);
      current = "";
      continue;
    }
    if ("([{".includes(token)) depth++;
    else if (")]}".includes(token)) depth--;
    current += token;
  }
  return [...parts, current].map((part) => typeName(part)).filter((part) => part !== "");
}

/** A parameter's name and type. */
export function withoutDefault(parameter: string): string {
  return parameter.replace(/ default .*$/, "");
}

const HEADER = `// Written by "npm run types" from the database. Not to be edited.

import type { JsonColumns } from "./json-columns.ts";

export type * from "./json-columns.ts";
`;

/**
 * Adds names for the row of each table, for what inserts and updates it, and for each enum: of
 * `live_sessions` DatabaseLiveSession, DatabaseLiveSessionInsert and DatabaseLiveSessionUpdate, of
 * the enum `live_session_mode` DatabaseLiveSessionMode.
 *
 * @param refined the types as `refine` leaves them
 * @throws Error if two of the names are the same
 */
export function addAliases(refined: string): string {
  const aliases = [
    ...names(refined, "Tables").flatMap((table) => {
      const name = `Database${singular(pascalCase(table))}`;
      return [
        [name, `Tables<"${table}">`],
        [`${name}Insert`, `TablesInsert<"${table}">`],
        [`${name}Update`, `TablesUpdate<"${table}">`],
      ] as const;
    }),
    ...names(refined, "Enums").map((type) =>
      [`Database${pascalCase(type)}`, `Enums<"${type}">`] as const
    ),
  ];
  const seen = new Set<string>();
  for (const [name] of aliases) {
    if (seen.has(name)) throw new Error(`Two types would have the name ${name}.`);
    seen.add(name);
  }
  const lines = aliases.map(([name, type]) => `export type ${name} = ${type};`);
  return `${HEADER}\n${refined.trimEnd()}\n\n${lines.join("\n")}\n`;
}

/** The members of `Tables` or `Enums` of schema public. */
function names(source: string, kind: "Tables" | "Enums"): string[] {
  const section = new RegExp(`^ {4}${kind}: \\{$([\\s\\S]*?)^ {4}\\};$`, "m").exec(source)?.[1];
  if (section === undefined) throw new Error(`The generated types have no ${kind}.`);
  return [...section.matchAll(/^ {6}(\w+):/gm)].map((match) => match[1]!);
}

function pascalCase(name: string): string {
  return name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** Tables are named in the plural, their rows in the singular. */
function singular(name: string): string {
  return name.replace(/s$/, "");
}

import { oneLine } from "./layout.ts";

/**
 * When a trigger fires, as its definition says it, without table and function.
 *
 * @throws Error if the definition is not understood
 */
export function firing(definition: string): string {
  const parts = /^CREATE (?:CONSTRAINT )?TRIGGER \S+ (.+?) ON \S+ (.*?)EXECUTE FUNCTION /.exec(
    definition,
  );
  if (!parts) throw new Error(`A trigger that is not understood: ${definition}`);
  const [, events = "", rest = ""] = parts;
  const unit = /FOR EACH (ROW|STATEMENT)/.exec(rest)?.[1] ?? "STATEMENT";
  const when = /WHEN \((.*)\) $/.exec(rest)?.[1];
  return `${events.toLowerCase()}, for each ${unit.toLowerCase()}` +
    (when === undefined ? "" : ` when \`${oneLine(when)}\``);
}

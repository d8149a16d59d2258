import { resolve, type Schema } from "../../helpers/openapi.ts";
import type { Focus } from "./pool.ts";
import type { Random } from "./random.ts";

/** Texts of any length a schema may want. */
const ALPHABET = [..."abcXYZ 019-_.,'\"\\/<>%\u00e9\u{1f4aa}\u4e2d"];

/** Makes a value as a schema wants it. Ids and versions are those the request is about. */
export function makeValue(
  given: Schema,
  name: string,
  focus: Focus,
  random: Random,
): unknown {
  const schema = resolve<Schema>(given as Schema, "").part;
  if (schema.oneOf !== undefined) return makeValue(random.pick(schema.oneOf), name, focus, random);
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case "object":
      return makeObject(schema, focus, random);
    case "array": {
      const maximum = Math.min(schema.maxItems ?? 4, 4);
      const length = random.between(schema.minItems ?? 0, maximum);
      return Array.from({ length }, () => makeValue(schema.items ?? {}, name, focus, random));
    }
    case "string":
      return makeText(schema, name, focus, random);
    case "integer":
    case "number":
      return makeNumber(schema, name, focus, random);
    case "boolean":
      return random.chance(0.5);
    default:
      return null;
  }
}

function makeObject(schema: Schema, focus: Focus, random: Random): Record<string, unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  const members = properties
    .filter(([name]) => required.has(name) || random.chance(0.5))
    .map(([name, property]) => [name, makeValue(property, name, focus, random)]);
  return Object.fromEntries(members);
}

function makeText(schema: Schema, name: string, focus: Focus, random: Random): string {
  if (schema.format === "uuid") return makeId(name, focus, random);
  if (name === "code") return focus.link.code;
  const maximum = Math.min(schema.maxLength ?? 20, 300);
  // Mostly short, sometimes as long as it may be.
  const length = random.chance(0.1)
    ? maximum
    : random.between(schema.minLength ?? 0, Math.min(maximum, 12));
  return Array.from({ length }, () => random.pick(ALPHABET)).join("");
}

function makeId(name: string, focus: Focus, random: Random): string {
  if (random.chance(0.05)) return random.uuid();
  if (/session/i.test(name)) return focus.session.id;
  return random.chance(0.3) ? focus.session.hostId : focus.person.id;
}

function makeNumber(schema: Schema, name: string, focus: Focus, random: Random): number {
  if (name === "expectedVersion" && random.chance(0.8)) return focus.session.version;
  const minimum = schema.minimum ?? 0;
  const maximum = schema.maximum ?? 1000;
  return random.pick([minimum, maximum, random.between(minimum, Math.min(maximum, 100_000))]);
}

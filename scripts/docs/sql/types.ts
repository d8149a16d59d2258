import { oneLine } from "./layout.ts";

/** A type as a person writes it: in lower case, by the shorter of its names. */
export function typeName(type: string): string {
  return oneLine(type).replaceAll("timestamp with time zone", "timestamptz");
}

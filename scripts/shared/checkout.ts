import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A path of this repository as a person writes it. */
export function shown(path: string): string {
  return relative(checkout, path);
}

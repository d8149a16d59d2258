import { z } from "@hono/zod-openapi";
import { text } from "./text.ts";

/**
 * A whole number in a query, where everything is text. Only digits: no sign, no exponent, nothing
 * that JavaScript would take for a number and a caller would not.
 */
export function queryInteger(minimum: number, maximum: number) {
  return z.string()
    .regex(/^[0-9]{1,16}$/, "Must be a whole number.")
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum))
    .openapi({ type: "integer", minimum, maximum, pattern: undefined });
}

/** How many items a page holds at most. */
export const PageLimit = queryInteger(1, 100);

/** Where the next page begins: `nextCursor` of the page before, to be handed back as it is. */
export const Cursor = text(1, 500);

/** `nextCursor` of an answer; null on the last page. */
export const NextCursor = z.string().nullable();

import { z } from "@hono/zod-openapi";

/**
 * A text a caller sends, measured in characters as Postgres counts them (an emoji is one, where
 * JavaScript counts two). NUL and halves of characters cannot be stored and are refused here.
 */
export function text(minimum: number, maximum: number) {
  return z.string()
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "Holds a broken character.")
    .refine(
      (value) => {
        const length = [...value].length;
        return length >= minimum && length <= maximum;
      },
      `Must be ${minimum} to ${maximum} characters long.`,
    )
    .openapi({ minLength: minimum, maxLength: maximum });
}

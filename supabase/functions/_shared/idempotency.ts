import { z } from "@hono/zod-openapi";

/**
 * The header of calls that create something. The database keeps the answer in the transaction of the
 * call itself; all there is to do here is to hand the key on, with `callRpc`.
 */
export const IdempotencyHeader = z.object({
  "idempotency-key": z.string()
    .regex(/^[\x20-\x7e]{1,255}$/, "Must be 1 to 255 ASCII characters.")
    .optional()
    .openapi({
      param: { name: "idempotency-key", in: "header" },
      minLength: 1,
      maxLength: 255,
      example: "b3a1c1de-7c1e-4a34-9d5f-2f1f0c3a9b10",
      description: "Makes a retry safe: the same key and body by the same person gives, for a " +
        "day, the answer of the first time and creates nothing again. The same key with another " +
        "body is refused with `invalid_request`.",
    }),
});

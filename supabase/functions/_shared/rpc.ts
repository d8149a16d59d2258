import type { z } from "@hono/zod-openapi";
import type { Database } from "./database.types.ts";
import type { FunctionContext } from "./environment.ts";
import { type DatabaseError, internalError, refusalFromDatabase } from "./errors.ts";

/**
 * How long a call may take before the caller gets an answer without it (milliseconds). Longer than
 * the database's own limit on a statement, so that normally the database is the one to give up.
 */
const RPC_TIMEOUT_MS = 15_000;

type Functions = Database["public"]["Functions"];

/** What a call can carry beside its parameters. */
export interface CallOptions {
  /** Makes a retry safe, for functions of the database that create something. */
  idempotencyKey?: string | undefined;
}

/** The database answered with something its contract does not allow: a fault of ours. */
class UnexpectedAnswer extends Error {
  constructor(name: string, error: z.ZodError) {
    // Where and what kind, never the values: they are people's data.
    const places = error.issues.slice(0, 5).map((issue) =>
      `${issue.path.map(String).join(".")}: ${issue.message}`
    );
    super(`${name} answered out of shape (${places.join("; ")})`);
    this.name = "UnexpectedAnswer";
  }
}

/**
 * Calls one function of the database with the caller's own rights and hands back its answer, as
 * the schema describes it: members the schema does not name are left out. A parameter that is
 * undefined is not sent, and the database's default holds.
 *
 * @throws {Refusal} what the database refused, in its own code; `internal_error` for everything
 *   unforeseen, an answer that does not fit the schema among it.
 */
export async function callRpc<Name extends keyof Functions, Answer extends z.ZodType>(
  c: FunctionContext,
  name: Name,
  parameters: Functions[Name]["Args"],
  answer: Answer,
  options: CallOptions = {},
): Promise<z.output<Answer>> {
  const call = c.var.caller.supabase
    .rpc(name, parameters)
    .abortSignal(AbortSignal.timeout(RPC_TIMEOUT_MS));
  if (options.idempotencyKey !== undefined) {
    call.setHeader("idempotency-key", options.idempotencyKey);
  }
  const { data, error, status }: { data: unknown; error: DatabaseError | null; status: number } =
    await call;
  if (error !== null) throw refusalFromDatabase(error, status);
  const parsed = answer.safeParse(data);
  if (!parsed.success) throw internalError(new UnexpectedAnswer(name, parsed.error));
  return parsed.data;
}

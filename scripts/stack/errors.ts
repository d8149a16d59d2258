/**
 * A failure that the person at the terminal can do something about. Its message is printed as it
 * is, without a stack trace.
 */
export class StackError extends Error {
  override readonly name = "StackError";
}

/** The message of anything thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a file system call failed because the thing is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound;
}

import { AsyncLocalStorage } from "node:async_hooks";

/** The database could not be reached while a request was served. */
export class DatabaseUnavailable extends Error {
  override readonly name = "DatabaseUnavailable";
}

interface RequestState {
  databaseLost: boolean;
}

const requests = new AsyncLocalStorage<RequestState>();
let consoleIsFiltered = false;

/** Remembers that the request under way ran into a lost connection. */
export function noteLostDatabase(): void {
  const state = requests.getStore();
  if (state) state.databaseLost = true;
}

/**
 * Serves a request through lite. Its refusals come without the stack traces that lite prints for
 * each of them: the answer says the same to whom it concerns.
 *
 * @throws DatabaseUnavailable if the request failed because the database was away, which lite
 * itself answers in various ways, a 404 among them
 */
export async function serve(work: () => Promise<Response>): Promise<Response> {
  filterConsole();
  const state: RequestState = { databaseLost: false };
  const response = await requests.run(state, work);
  if (state.databaseLost && response.status >= 400) {
    await response.body?.cancel();
    throw new DatabaseUnavailable("The database is away.");
  }
  return response;
}

function filterConsole(): void {
  if (consoleIsFiltered) return;
  consoleIsFiltered = true;
  const print = console.error.bind(console);
  console.error = (...values: unknown[]) => {
    if (!requests.getStore()) print(...values);
  };
}

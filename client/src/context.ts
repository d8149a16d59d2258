import type { Calls } from "./calls/calls.ts";
import type { LiveWorkoutSupabase } from "./database.ts";
import type { Outbox, OutboxStorage } from "./outbox/types.ts";

/** How a client of this backend is made. */
export interface LiveWorkoutOptions {
  /**
   * Where unsent sets and words are kept until the server has them: `AsyncStorage` in React Native.
   * Browsers use their localStorage, everything else the memory, unless given.
   */
  readonly storage?: OutboxStorage | undefined;
  /** Told when the storage fails; what is unsent is then kept in the memory alone. */
  readonly onStorageError?: ((error: unknown) => void) | undefined;
  /** Who is signed in; only for clients that get their tokens with the `accessToken` option. */
  readonly userId?: string | undefined;
}

/** What rooms and friends lists are made from. */
export interface LiveWorkoutContext extends Calls {
  readonly supabase: LiveWorkoutSupabase;
  readonly storage: OutboxStorage;
  /** What the server's clock says beyond that of this device, in ms: best known by open rooms. */
  readonly clock: { offsetMs: number };
  /**
   * The id of who is signed in.
   *
   * @throws LiveWorkoutError `unauthenticated` if nobody is; `network_error` if that cannot be told
   */
  userId(): Promise<string>;
  /**
   * What whoever is signed in made and the server has not acknowledged: one for all rooms, which
   * goes on sending when they are closed.
   *
   * @throws LiveWorkoutError as `userId`
   */
  outbox(): Promise<Outbox>;
}

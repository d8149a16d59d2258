import { nobodyAnswered } from "./calls/deadline.ts";
import type { LiveWorkoutSupabase } from "./database.ts";
import { LiveWorkoutError } from "./errors.ts";
import type { OutboxStorage } from "./outbox/types.ts";

const LAST_KNOWN_KEY = "live-workout:user";
/** Without a network supabase-js tries to renew an expired token for half a minute, in ms. */
const PATIENCE_MS = 1_000;

/** Tells who is signed in. */
export interface Identity {
  /**
   * The id of who is signed in, or null.
   *
   * @throws LiveWorkoutError `network_error` if that cannot be told
   */
  current(): Promise<string | null>;
  /**
   * The id of who is signed in.
   *
   * @throws LiveWorkoutError `unauthenticated` if nobody is, else as `current`
   */
  required(): Promise<string>;
  /** Follows no more who signs in and out. */
  close(): void;
}

/**
 * Who is signed in at a client of supabase-js. Once an access token has expired, supabase-js does not
 * tell that without a network; so whoever signed in last is remembered in the storage.
 *
 * @param userId who it is, for clients that get their tokens with the `accessToken` option
 */
export function createIdentity(
  supabase: LiveWorkoutSupabase,
  storage: OutboxStorage,
  userId?: string,
): Identity {
  if (userId !== undefined) {
    return {
      current: () => Promise.resolve(userId),
      required: () => Promise.resolve(userId),
      close: () => {},
    };
  }
  const lastKnown = remembering(storage);
  const subscription = authOf(supabase)?.onAuthStateChange((event, session) => {
    // Nothing of supabase-js may be waited for in here.
    if (session !== null) void lastKnown.write(session.user.id);
    else if (event === "SIGNED_OUT") void lastKnown.write(null);
  }).data.subscription;
  const current = () => whoIsSignedIn(supabase, lastKnown);
  return {
    current,
    required: async () => {
      const id = await current();
      if (id !== null) return id;
      const detail = "Sign in first.";
      throw new LiveWorkoutError({ code: "unauthenticated", detail, status: 401 });
    },
    close: () => subscription?.unsubscribe(),
  };
}

async function whoIsSignedIn(
  supabase: LiveWorkoutSupabase,
  lastKnown: LastKnown,
): Promise<string | null> {
  const auth = authOf(supabase);
  if (auth === null) {
    throw new Error(
      "A client with the accessToken option does not tell who is signed in: pass userId.",
    );
  }
  const last = await lastKnown.read();
  const asked = auth.getSession();
  const answer = last === null ? await asked : await Promise.race([asked, pause(PATIENCE_MS)]);
  if (answer === "late") return last;
  const { data: { session }, error } = answer;
  if (session !== null) return session.user.id;
  // No error: nobody is signed in. Refused: they are not any more.
  if (error === null || !isUnreachable(error)) return null;
  if (last === null) throw nobodyAnswered("Who is signed in cannot be told offline.", error);
  return last;
}

function pause(ms: number): Promise<"late"> {
  return new Promise((resolve) => setTimeout(() => resolve("late"), ms));
}

/** With the accessToken option there is no auth, which shows when it is used. */
function authOf(supabase: LiveWorkoutSupabase): LiveWorkoutSupabase["auth"] | null {
  try {
    return typeof supabase.auth.getSession === "function" ? supabase.auth : null;
  } catch {
    return null;
  }
}

/** Auth was not reached, or is not well: it has not said that the person is signed out. */
function isUnreachable(error: { status?: number | undefined; name: string }): boolean {
  return error.name === "AuthRetryableFetchError" || (error.status ?? 0) >= 500;
}

interface LastKnown {
  read(): Promise<string | null>;
  write(id: string | null): Promise<void>;
}

/** A storage that is full or forbidden is no error: then one has to be online to be known. */
function remembering(storage: OutboxStorage): LastKnown {
  return {
    read: async () => {
      try {
        return await storage.getItem(LAST_KNOWN_KEY);
      } catch {
        return null;
      }
    },
    write: async (id) => {
      try {
        if (id === null) await storage.removeItem(LAST_KNOWN_KEY);
        else await storage.setItem(LAST_KNOWN_KEY, id);
      } catch {
        // As above.
      }
    },
  };
}

import type { LiveSessionInvitation, LiveTopics, WorkoutPresence } from "../types.ts";
import type { FriendsContext } from "./interface.ts";

/** What the server says when it is asked. */
export interface Listing {
  readonly topics: LiveTopics;
  readonly presences: readonly WorkoutPresence[];
  readonly invitations: readonly LiveSessionInvitation[];
  /** What the server's clock says beyond that of this device, in ms; null if it was not told. */
  readonly offsetMs: number | null;
}

type Inbox = Pick<Listing, "invitations" | "offsetMs">;
const NO_INBOX: Inbox = { invitations: [], offsetMs: null };

const PAGE = 100;
/** Nobody looks at more. */
const MOST_PAGES = 5;

/**
 * Asks where channels are, who trains now and, if that is of interest, for invitations.
 *
 * @throws LiveWorkoutError
 */
export async function readListing(
  context: FriendsContext,
  isInbox: boolean,
  signal: AbortSignal,
): Promise<Listing> {
  const [topics, presences, inbox] = await Promise.all([
    context.presence.topics({ signal }),
    context.presence.friends({ signal }),
    isInbox ? readInvitations(context, signal) : NO_INBOX,
  ]);
  return { topics, presences, ...inbox };
}

async function readInvitations(
  { invitations }: FriendsContext,
  signal: AbortSignal,
): Promise<Inbox> {
  const items: LiveSessionInvitation[] = [];
  let offsetMs: number | null = null;
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { box: "received", status: "pending", limit: PAGE } as const;
    const askedAt = Date.now();
    const answer = await invitations.browse({ ...query, ...(cursor ? { cursor } : {}) }, {
      signal,
    });
    offsetMs = answer.serverNow - (askedAt + Date.now()) / 2;
    items.push(...answer.items);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return { invitations: items, offsetMs };
}

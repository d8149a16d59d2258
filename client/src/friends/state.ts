import type { LiveSessionInvitation, QuickReaction, WorkoutPresence } from "../types.ts";

/**
 * How a friends' list stands with the server: `live` when it hears of changes at once, `offline`
 * when it may show what is over.
 */
export type FriendsConnection = "connecting" | "live" | "offline" | "closed";

/** A friend who trains now. */
export interface FriendPresence extends WorkoutPresence {
  /** When they were last heard of, ms since the epoch on this device's clock. */
  readonly heardAt: number;
}

/** All that a friends' screen needs to know. Immutable; what has not changed stays the same object. */
export interface FriendsState {
  readonly connection: FriendsConnection;
  /** Friends who train now and let it be seen; whoever began last comes first. */
  readonly presences: readonly FriendPresence[];
  /** Invitations received that can be accepted still, the newest first. */
  readonly invitations: readonly LiveSessionInvitation[];
  /** Cheers received since this was opened, the newest first; no more than 50. */
  readonly quickReactions: readonly QuickReaction[];
}

export const NO_FRIENDS: FriendsState = {
  connection: "connecting",
  presences: [],
  invitations: [],
  quickReactions: [],
};

const MOST_QUICK_REACTIONS = 50;

/** After a sign of life of a friend, or its last one. */
export function hearPresence(
  state: FriendsState,
  presence: WorkoutPresence,
  heardAt: number,
): FriendsState {
  const others = state.presences.filter(({ userId }) => userId !== presence.userId);
  const isOver = presence.status === "finished";
  const presences = isOver ? others : latestFirst([...others, { ...presence, heardAt }]);
  return { ...state, presences };
}

/**
 * After the server has told who trains: nobody else does. What a friend said after it was asked
 * stands, for the answer may be older.
 */
export function listPresences(
  state: FriendsState,
  listed: readonly WorkoutPresence[],
  askedAt: number,
  isHeardSince: (userId: string) => boolean,
): FriendsState {
  const kept = state.presences.filter(({ userId }) => isHeardSince(userId));
  const told = listed.filter(({ userId, status }) =>
    !isHeardSince(userId) && status !== "finished"
  );
  const presences = [...kept, ...told.map((one) => ({ ...one, heardAt: askedAt }))];
  return { ...state, presences: latestFirst(presences) };
}

/** Without those of whom nothing was heard since a moment. */
export function dropSilent(state: FriendsState, since: number): FriendsState {
  const presences = state.presences.filter(({ heardAt }) => heardAt >= since);
  return presences.length === state.presences.length ? state : { ...state, presences };
}

/** After a change of an invitation; only those that stand are kept. */
export function hearInvitation(
  state: FriendsState,
  invitation: LiveSessionInvitation,
): FriendsState {
  const others = state.invitations.filter(({ id }) => id !== invitation.id);
  const invitations = invitation.status === "pending"
    ? newestFirst([...others, invitation])
    : others;
  return { ...state, invitations };
}

/** After the server has told which invitations stand; what was heard after it was asked stands. */
export function listInvitations(
  state: FriendsState,
  listed: readonly LiveSessionInvitation[],
  isHeardSince: (id: string) => boolean,
): FriendsState {
  const kept = state.invitations.filter(({ id }) => isHeardSince(id));
  const told = listed.filter(({ id }) => !isHeardSince(id));
  return { ...state, invitations: newestFirst([...kept, ...told]) };
}

/** Without invitations whose time is over, by the server's clock. */
export function dropExpired(state: FriendsState, serverNow: number): FriendsState {
  const invitations = state.invitations.filter(({ expiresAt }) => expiresAt > serverNow);
  return invitations.length === state.invitations.length ? state : { ...state, invitations };
}

/** After a cheer; one that is there already changes nothing. */
export function hearQuickReaction(state: FriendsState, reaction: QuickReaction): FriendsState {
  if (state.quickReactions.some(({ id }) => id === reaction.id)) return state;
  const quickReactions = [reaction, ...state.quickReactions].slice(0, MOST_QUICK_REACTIONS);
  return { ...state, quickReactions };
}

function latestFirst(presences: FriendPresence[]): FriendPresence[] {
  return presences.sort((one, other) => other.workoutStartedAt - one.workoutStartedAt);
}

function newestFirst(invitations: LiveSessionInvitation[]): LiveSessionInvitation[] {
  return invitations.sort((one, other) => other.createdAt - one.createdAt);
}

import type { LiveSessionParticipant } from "../../types.ts";
import type { RoomState } from "../state.ts";
import { memoize } from "./memo.ts";

type Participants = RoomState["participants"];

/** Who is in the session now, or was at its end, in the order in which their stays began. */
export function selectParticipants(state: RoomState): Participants {
  return present(state.participants, state.session?.endedAt);
}

const present = memoize((participants: Participants, endedAt: number | undefined) =>
  participants.filter(({ leftAt }) =>
    leftAt === undefined || (endedAt !== undefined && leftAt >= endedAt)
  )
);

/** Somebody who is or was in the session. */
export function selectParticipant(
  state: RoomState,
  userId: string,
): LiveSessionParticipant | undefined {
  return state.participants.find((one) => one.userId === userId);
}

/** The person themselves. */
export function selectMe(state: RoomState): LiveSessionParticipant | undefined {
  return selectParticipant(state, state.me);
}

/** Who leads. */
export function selectLeader(state: RoomState): LiveSessionParticipant | undefined {
  return state.participants.find(({ isLeader }) => isLeader);
}

/** What a leaderboard is ordered by. */
export type LeaderboardMeasure = "volume" | "sets" | "records";

/** A place in a leaderboard; equals share one. */
export interface LeaderboardEntry {
  readonly rank: number;
  readonly participant: LiveSessionParticipant;
  /** Kilograms, sets or records. */
  readonly value: number;
}

const MEASURES: Readonly<
  Record<LeaderboardMeasure, (participant: LiveSessionParticipant) => number>
> = {
  volume: ({ totalVolumeKg }) => totalVolumeKg,
  sets: ({ setsCompleted }) => setsCompleted,
  records: ({ prCount }) => prCount,
};

/** Who is here or has done something here, best first. */
export function selectLeaderboard(
  state: RoomState,
  measure: LeaderboardMeasure = "volume",
): readonly LeaderboardEntry[] {
  return LEADERBOARDS[measure](state.participants, selectParticipants(state));
}

function leaderboardBy(measure: LeaderboardMeasure) {
  return memoize((everybody: Participants, here: Participants): readonly LeaderboardEntry[] => {
    const valueOf = MEASURES[measure];
    const rows = everybody
      .filter((one) => one.setsCompleted > 0 || here.includes(one))
      .map((participant) => ({ participant, value: valueOf(participant) }))
      .sort((one, other) => other.value - one.value);
    // Sorting is stable: among equals whoever came first stands first.
    return rows.map(({ participant, value }) => ({
      rank: 1 + rows.findIndex((row) => row.value === value),
      participant,
      value,
    }));
  });
}

const LEADERBOARDS = {
  volume: leaderboardBy("volume"),
  sets: leaderboardBy("sets"),
  records: leaderboardBy("records"),
};

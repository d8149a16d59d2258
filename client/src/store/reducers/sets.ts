import { changeParticipant, changeSession, type Present, type Reducers } from "../present.ts";
import type { LoggedSet } from "../sets.ts";

/** Sets and the figures that follow from them. */
export const setReducers: Reducers<"set_completed" | "set_updated" | "set_removed" | "pr_revoked"> =
  {
    set_completed: (present, { userId, data }) =>
      count(present, userId, {
        sets: 1,
        grams: volumeGrams(data),
        records: data.isPR === true ? 1 : 0,
      }),

    set_updated: (present, { userId, data }, sets) => {
      const before = sets.find(userId, data.setId);
      if (before === undefined) return doubtful(present);
      return count(present, userId, {
        sets: 0,
        grams: volumeGrams(data) - volumeGrams(before),
        records: Number(data.isPR === true) - Number(before.isPR),
      });
    },

    set_removed: (present, { userId, data }, sets) => {
      const before = sets.find(userId, data.setId);
      if (before === undefined) return doubtful(present);
      return count(present, userId, {
        sets: -1,
        grams: -volumeGrams(before),
        records: -Number(before.isPR),
      });
    },

    pr_revoked: (present, { userId }) => count(present, userId, { sets: 0, grams: 0, records: -1 }),
  };

/** In whole grams, which is as fine as weights are: so that sums come out exact. */
function volumeGrams({ weightKg, reps }: Pick<LoggedSet, "weightKg" | "reps">): number {
  return Math.round(weightKg * 1000) * reps;
}

interface Difference {
  readonly sets: number;
  readonly grams: number;
  readonly records: number;
}

function count(present: Present, userId: string, { sets, grams, records }: Difference): Present {
  const counted = changeParticipant(present, userId, (one) => ({
    setsCompleted: one.setsCompleted + sets,
    totalVolumeKg: (Math.round(one.totalVolumeKg * 1000) + grams) / 1000,
    prCount: one.prCount + records,
  }));
  if (sets === 0) return counted;
  return changeSession(counted, { totalSetsCompleted: present.session.totalSetsCompleted + sets });
}

/** What it was before is not in the part of the log that the server still has. */
function doubtful(present: Present): Present {
  return { ...present, isDoubtful: true };
}

import {
  append,
  type ModelSession,
  type ModelSet,
  type PersonIndex,
  refuse,
  type World,
} from "./world.ts";

/** Epley in grams, rounded: whole numbers, so that comparing two is exact. */
export function e1rmGrams(weightKg: number, reps: number): number {
  const grams = Math.round(weightKg * 1000);
  return reps === 1 ? grams : Math.round(grams * (30 + reps) / 30);
}

/** In the order in which they were done. */
export function inOrder(one: ModelSet, other: ModelSet): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1);
}

/** Rule 9, by what is known at this moment: above all that was done before, if there is any. */
export function isRecord(world: World, session: ModelSession, set: ModelSet): boolean {
  if (set.warmup) return false;
  const before: number[] = [];
  for (const training of world.sessions) {
    for (const other of training.sets.values()) {
      if (other.owner !== set.owner || other.exercise !== set.exercise || other.warmup) continue;
      if (other.id === set.id) continue;
      const isEarlier = training === session ? inOrder(other, set) < 0 : other.at < set.at;
      if (isEarlier) before.push(e1rmGrams(other.weightKg, other.reps));
    }
  }
  for (const workout of world.workouts.get(set.owner) ?? []) {
    for (const other of workout.sets) {
      if (other.exercise === set.exercise && other.at < set.at) {
        before.push(e1rmGrams(other.weightKg, other.reps));
      }
    }
  }
  return before.length > 0 && e1rmGrams(set.weightKg, set.reps) > Math.max(...before);
}

/** After a change: the flags of that exercise from there on, each change with its event. */
export function refreshRecords(
  world: World,
  session: ModelSession,
  person: PersonIndex,
  exercise: string,
  from: number,
): void {
  for (const set of [...session.sets.values()].sort(inOrder)) {
    if (set.owner !== person || set.exercise !== exercise || set.at < from) continue;
    const judged = isRecord(world, session, set);
    if (judged === set.isRecord) continue;
    set.isRecord = judged;
    append(session, judged ? "set_updated" : "pr_revoked", person);
  }
}

/** Who logged the set with this id, be it there still or removed since. */
export function ownerOf(world: World, id: string): PersonIndex | undefined {
  for (const session of world.sessions) {
    const owner = session.sets.get(id)?.owner ?? session.removedSets.get(id);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** Rule 8: refuses a set that its session cannot take. */
export function checkSet(world: World, session: ModelSession, set: Pick<ModelSet, "at" | "reps">) {
  if (session.status === "pending") refuse("session_not_started");
  if (set.reps < 1) refuse("invalid_request");
  // Dates lie within minutes of the base, or a day before it.
  if (set.at < world.base - 3_600_000) refuse("invalid_request");
}

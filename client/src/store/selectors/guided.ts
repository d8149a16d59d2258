import type { LiveSession, LiveSessionParticipant, PlannedExercise } from "../../types.ts";
import type { ReadyCheck } from "../focus.ts";
import type { RoomState } from "../state.ts";
import { memoize } from "./memo.ts";
import { selectParticipants } from "./people.ts";

/** What the leader has the group do. */
export interface CurrentExercise {
  readonly exerciseId: string;
  /** As the leader named it; its id where nobody named it. */
  readonly exerciseName: string;
  /** What the plan asks for, if it stands in the plan. */
  readonly target: PlannedExercise | null;
}

/** The group's exercise in a guided session, or null. */
export function selectCurrentExercise(state: RoomState): CurrentExercise | null {
  return state.session && currentExercise(state.session, state.step);
}

const currentExercise = memoize(
  (session: LiveSession, step: RoomState["step"]): CurrentExercise | null => {
    const exerciseId = session.currentExerciseId;
    if (exerciseId === undefined) return null;
    const named = step?.data.exerciseId === exerciseId ? step.data : undefined;
    const planned = session.plannedExercises.filter((one) => one.exerciseId === exerciseId);
    // An exercise may stand in a plan twice; the step says what it was told to be.
    const same = planned.find((one) =>
      one.targetSets === named?.targetSets && one.targetRepsMin === named.targetRepsMin &&
      one.targetRepsMax === named.targetRepsMax
    );
    return {
      exerciseId,
      exerciseName: named?.exerciseName ?? exerciseId,
      target: same ?? planned[0] ?? null,
    };
  },
);

/**
 * What is left of the rest, in ms; 0 if nobody rests. A pause stops the clock.
 *
 * @param deviceNow the device's time, as `Date.now()` says it
 */
export function selectRestLeft(state: RoomState, deviceNow: number): number {
  const { restEndsAt, pausedAt } = state.session ?? {};
  if (restEndsAt === undefined) return 0;
  return Math.max(0, restEndsAt - (pausedAt ?? deviceNow + state.clockOffsetMs));
}

/** Who is ready for the next step, and who is waited for. */
export interface Readiness {
  readonly ready: readonly LiveSessionParticipant[];
  readonly waitingFor: readonly LiveSessionParticipant[];
  /** The check that is running; then only those whom it asked are listed. */
  readonly check: ReadyCheck | null;
}

/** Who is ready; the leader, who asks, counts as ready. */
export function selectWhoIsReady(state: RoomState): Readiness {
  return readiness(selectParticipants(state), state.readyCheck);
}

const readiness = memoize(
  (people: readonly LiveSessionParticipant[], check: ReadyCheck | null): Readiness => {
    const asked = check === null
      ? people
      : people.filter((one) => check.asked.includes(one.userId));
    const isReady = (one: LiveSessionParticipant) => one.readyForNext || one.isLeader;
    return {
      ready: asked.filter(isReady),
      waitingFor: asked.filter((one) => !isReady(one)),
      check,
    };
  },
);

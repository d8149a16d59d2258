import type { Activity } from "../calls/presence.ts";
import type { RoomState } from "../store/state.ts";

/**
 * What the person does, as friends are told with every sign of life: their status, and the exercise
 * that they named or logged last, else that of the group.
 */
export function activityOf(state: RoomState): Activity {
  const me = state.participants.find(({ userId }) => userId === state.me);
  const status = me?.status;
  return { ...(status === undefined ? {} : { status }), ...exerciseOf(state) };
}

function exerciseOf(state: RoomState): Pick<Activity, "exerciseId" | "exerciseName"> {
  for (let index = state.events.length - 1; index >= 0; index--) {
    const event = state.events[index]!;
    if (event.userId !== state.me) continue;
    if (event.type === "set_completed") {
      const { exerciseId, exerciseName } = event.data;
      return { exerciseId, exerciseName };
    }
    if (event.type === "status_update" && event.data.currentExerciseId !== undefined) {
      return { exerciseId: event.data.currentExerciseId };
    }
    // What was before this stay says nothing of now.
    if (event.type === "user_joined") break;
  }
  const exerciseId = state.session?.currentExerciseId;
  if (exerciseId === undefined) return {};
  const step = state.step?.data;
  return step?.exerciseId === exerciseId
    ? { exerciseId, exerciseName: step.exerciseName }
    : { exerciseId };
}

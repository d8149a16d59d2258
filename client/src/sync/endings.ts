import { LiveWorkoutError } from "../errors.ts";

// What ends a sync although no call was refused.

/** For somebody who left, or was taken out for being silent, and did not come back. */
export function notInSession(): LiveWorkoutError {
  return new LiveWorkoutError({
    code: "not_participant",
    detail: "You are not in this session any more.",
    status: 403,
  });
}

/** For a log on the device that cannot be this session's. */
export function fewerEventsThanHere(): LiveWorkoutError {
  return new LiveWorkoutError({
    code: "unexpected_answer",
    detail: "The server knows fewer events of this session than were had before.",
    status: 200,
  });
}

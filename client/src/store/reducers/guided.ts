import {
  changeParticipant,
  changeParticipants,
  changeSession,
  raiseVersion,
  type Reducers,
  told,
} from "../present.ts";

/** A leader takes the group through a plan. */
export const guidedReducers: Reducers<
  | "exercise_changed"
  | "plan_changed"
  | "ready_status_changed"
  | "ready_check"
  | "rest_started"
  | "rest_ended"
> = {
  exercise_changed: (present, event) =>
    raiseVersion(
      changeSession(
        changeParticipants(
          present,
          (one) => one.readyForNext ? { readyForNext: false } : undefined,
        ),
        { currentExerciseId: event.data.exerciseId },
      ),
      event,
    ),

  plan_changed: (present, event) =>
    raiseVersion(
      changeSession(present, { plannedExercises: event.data.plannedExercises }),
      event,
    ),

  ready_status_changed: (present, { userId, data }) =>
    changeParticipant(present, userId, () => ({ readyForNext: data.isReady })),

  // Asking is an action of the leader; that a check is over is none.
  ready_check: (present, event) =>
    event.data.state === "waiting" ? raiseVersion(present, event) : present,

  rest_started: (present, event) => {
    const { restEndsAt } = event.data;
    // Starting the same rest again while paused, where its end stands still, is told and changes
    // nothing.
    const isSame = restEndsAt === present.session.restEndsAt;
    if (isSame && told(event, "version") === undefined) return present;
    return raiseVersion(changeSession(present, { restEndsAt }), event);
  },

  rest_ended: (present, event) => {
    const next = changeSession(present, { restEndsAt: undefined });
    if (told(event, "version") !== undefined || event.data.skipped === true) {
      return raiseVersion(next, event);
    }
    // Over by itself in the host's name, or dismissed by a leader once it was over. Where host and
    // leader are one person the event does not tell which, and only the latter raises the version.
    if (event.userId !== present.session.hostId) return raiseVersion(next, event);
    const isByLeaderPerhaps = present.participants.some((one) =>
      one.isLeader && one.userId === event.userId
    );
    return isByLeaderPerhaps ? { ...next, isDoubtful: true } : next;
  },
};

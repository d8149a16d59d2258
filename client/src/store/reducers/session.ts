import {
  changeParticipants,
  changeSession,
  raiseVersion,
  type Reducers,
  told,
} from "../present.ts";

/** What happens to a session as a whole. */
export const sessionReducers: Reducers<
  | "session_created"
  | "session_started"
  | "session_ended"
  | "session_updated"
  | "session_paused"
  | "session_resumed"
  | "host_changed"
> = {
  // The first snapshot is from after it.
  session_created: (present) => present,

  session_started: (present, event) =>
    changeSession(present, {
      status: "active",
      startedAt: told(event, "startedAt") ?? event.timestamp,
    }),

  session_ended: (present, event) => {
    const endedAt = told(event, "endedAt") ?? event.timestamp;
    return changeSession(
      // The end closes every stay; flags and counts stay as they were.
      changeParticipants(
        present,
        (one) => one.leftAt === undefined ? { leftAt: endedAt } : undefined,
      ),
      { status: "ended", endedAt, pausedAt: undefined, restEndsAt: undefined },
    );
  },

  session_updated: (present, { data }) =>
    changeSession(present, {
      // Null says that it was taken away.
      ...(data.name === undefined ? {} : { name: data.name ?? undefined }),
      ...(data.theme === undefined ? {} : { theme: data.theme ?? undefined }),
      ...(data.visibility === undefined ? {} : { visibility: data.visibility }),
      ...(data.maxParticipants === undefined ? {} : { maxParticipants: data.maxParticipants }),
    }),

  session_paused: (present, event) =>
    raiseVersion(changeSession(present, { pausedAt: event.data.pausedAt }), event),

  session_resumed: (present, event) =>
    raiseVersion(
      // Without an end nothing was left of a rest, if there was one.
      changeSession(present, { pausedAt: undefined, restEndsAt: event.data.restEndsAt }),
      event,
    ),

  host_changed: (present, { data }) => changeSession(present, { hostId: data.hostId }),
};

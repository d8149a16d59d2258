import type { LiveSessionParticipant } from "../../types.ts";
import {
  changeParticipant,
  changeParticipants,
  changeSession,
  type Present,
  raiseVersion,
  type Reducers,
  told,
} from "../present.ts";

/** Coming and going, and what people say of themselves. */
export const peopleReducers: Reducers<
  "user_joined" | "user_left" | "leader_changed" | "status_update"
> = {
  user_joined: (present, event) => {
    const joinedAt = told(event, "joinedAt") ?? event.timestamp;
    const before = present.participants.find(({ userId }) => userId === event.userId);
    const { avatarUrl: _, leftAt: __, ...kept } = before ?? newcomer(event.userId);
    const { displayName, avatarUrl } = event.data;
    const participant: LiveSessionParticipant = {
      ...kept,
      displayName,
      ...(avatarUrl === undefined ? {} : { avatarUrl }),
      status: "idle",
      readyForNext: false,
      joinedAt,
      lastActiveAt: joinedAt,
    };
    return changeSession({
      ...present,
      // A new stay: whoever comes back stands behind those who stayed.
      participants: [
        ...present.participants.filter(({ userId }) => userId !== event.userId),
        participant,
      ],
    }, { participantCount: present.session.participantCount + 1 });
  },

  user_left: (present, event) =>
    changeSession(
      changeParticipant(present, event.userId, () => ({
        leftAt: told(event, "leftAt") ?? event.timestamp,
        status: "finished",
        readyForNext: false,
      })),
      { participantCount: present.session.participantCount - 1 },
    ),

  leader_changed: (present, event) => {
    const { leaderId, previousLeaderId } = event.data;
    const next = changeParticipants(present, (one) => {
      const isLeader = one.userId === leaderId;
      return one.isLeader === isLeader ? undefined : { isLeader };
    });
    // Handing over is an action of the leader; inheriting the lead of somebody who left is none.
    return told(event, "version") !== undefined || isPresent(present, previousLeaderId)
      ? raiseVersion(next, event)
      : next;
  },

  status_update: (present, { userId, data }) =>
    changeParticipant(present, userId, () => ({
      status: data.status,
      currentExerciseId: data.currentExerciseId,
    })),
};

function isPresent(present: Present, userId: string): boolean {
  return present.participants.some((one) => one.userId === userId && one.leftAt === undefined);
}

/** Somebody who was never in the session before. */
function newcomer(userId: string): LiveSessionParticipant {
  return {
    userId,
    displayName: "",
    status: "idle",
    joinedAt: 0,
    lastActiveAt: 0,
    setsCompleted: 0,
    totalVolumeKg: 0,
    prCount: 0,
    isLeader: false,
    readyForNext: false,
  };
}

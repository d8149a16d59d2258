import type { EventOf, LiveSessionEvent } from "../types.ts";

/** A ready check that is running. */
export interface ReadyCheck {
  readonly policy: "all" | "quorum" | "leader_only";
  /** How many have to be ready, with the policy `quorum`. */
  readonly quorum?: number;
  /** Ms since the epoch, on the server's clock. */
  readonly startedAt: number;
  readonly deadline: number;
  /** Whom it asked and who has not left since: whoever came later is not waited for. */
  readonly asked: readonly string[];
}

/** What the group attends to and a snapshot does not carry: the latest events tell it. */
export interface Focus {
  readonly readyCheck: ReadyCheck | null;
  /** How the group came to its present exercise. */
  readonly step: EventOf<"exercise_changed"> | null;
}

export const NO_FOCUS: Focus = { readyCheck: null, step: null };

/** What the group attends to after an event. */
export function reduceFocus(focus: Focus, event: LiveSessionEvent): Focus {
  switch (event.type) {
    case "ready_check":
      return { ...focus, readyCheck: begun(event) };
    case "exercise_changed":
      return { readyCheck: null, step: event };
    case "session_ended":
      return focus.readyCheck === null ? focus : { ...focus, readyCheck: null };
    case "user_left":
      return withoutAsked(focus, event.userId);
    default:
      return focus;
  }
}

function begun(event: EventOf<"ready_check">): ReadyCheck | null {
  const { data } = event;
  if (data.state !== "waiting") return null;
  return {
    policy: data.policy,
    ...(data.quorum === undefined ? {} : { quorum: data.quorum }),
    startedAt: event.timestamp,
    deadline: data.deadline,
    asked: [...data.ready, ...data.waitingFor],
  };
}

function withoutAsked(focus: Focus, userId: string): Focus {
  const { readyCheck } = focus;
  if (readyCheck === null || !readyCheck.asked.includes(userId)) return focus;
  const asked = readyCheck.asked.filter((id) => id !== userId);
  return { ...focus, readyCheck: { ...readyCheck, asked } };
}

import type { LiveSessionEvent } from "../types.ts";
import {
  changeParticipant,
  changeSession,
  type Present,
  type Reduce,
  type Reducers,
} from "./present.ts";
import { guidedReducers } from "./reducers/guided.ts";
import { peopleReducers } from "./reducers/people.ts";
import { sessionReducers } from "./reducers/session.ts";
import { setReducers } from "./reducers/sets.ts";
import { talkReducers } from "./reducers/talk.ts";
import type { SetLookup } from "./sets.ts";

type EventType = LiveSessionEvent["type"];

/** Does not compile while a kind of event has no reducer. */
const REDUCERS: Reducers<EventType> = {
  ...sessionReducers,
  ...peopleReducers,
  ...setReducers,
  ...guidedReducers,
  ...talkReducers,
};

/** Kinds of events that come of what a person does, and of nothing else. */
const SIGNS_OF_LIFE: ReadonlySet<EventType> = new Set<EventType>([
  "set_completed",
  "set_updated",
  "set_removed",
  "status_update",
  "ready_status_changed",
  "exercise_changed",
  "plan_changed",
  "rest_started",
  "session_paused",
  "session_resumed",
]);

/**
 * The present after an event. One of a kind that this version of the client does not know is passed
 * over, and makes the present doubtful.
 */
export function reduceEvent(present: Present, event: LiveSessionEvent, sets: SetLookup): Present {
  const reduce = (REDUCERS as Readonly<Record<string, Reduce<EventType> | undefined>>)[event.type];
  const next = reduce === undefined
    ? { ...present, isDoubtful: true }
    : reduce(present, event, sets);
  return changeSession(showLife(next, event), { lastEventSeq: event.seq });
}

/** As near as events come to it: what people do without an event is not told. */
function showLife(present: Present, event: LiveSessionEvent): Present {
  if (!SIGNS_OF_LIFE.has(event.type)) return present;
  return changeParticipant(present, event.userId, (one) => ({
    lastActiveAt: Math.max(one.lastActiveAt, event.timestamp),
  }));
}

import type { LiveSessionEvent, SessionSnapshot } from "../types.ts";
import { NO_FOCUS, reduceFocus } from "./focus.ts";
import type { Present } from "./present.ts";
import { reduceEvent } from "./reduce.ts";
import { SetLogDraft, setsOf } from "./sets.ts";
import type { RoomState } from "./state.ts";

/**
 * The state after a snapshot: the present is what it says, brought forward by the events of the log
 * that are newer. One that is older than what is known changes nothing.
 */
export function applySnapshot(state: RoomState, snapshot: SessionSnapshot): RoomState {
  const logEnd = state.events.at(-1)?.seq ?? 0;
  if (Math.max(snapshot.lastSeq, logEnd) < state.presentSeq) return state;
  const isLogBehind = logEnd < snapshot.lastSeq;
  const focus = isLogBehind
    ? snapshot.recentEvents.reduce(reduceFocus, NO_FOCUS)
    : state.focusOfLog;
  let present: Present = {
    session: snapshot.session,
    participants: snapshot.participants,
    isDoubtful: false,
  };
  if (logEnd > snapshot.lastSeq) {
    const firstNewer = indexOfSeq(state.events, snapshot.lastSeq + 1);
    const sets = setsOf(state.events.slice(0, firstNewer));
    for (const event of state.events.slice(firstNewer)) {
      present = reduceEvent(present, event, sets);
      sets.apply(event);
    }
  }
  return {
    ...state,
    session: present.session,
    participants: present.participants,
    needsSnapshot: present.isDoubtful,
    readyCheck: focus.readyCheck,
    step: focus.step,
    presentSeq: Math.max(snapshot.lastSeq, logEnd),
    // What had happened before one first came here counts as read.
    readUpToSeq: state.readUpToSeq ?? snapshot.lastSeq,
  };
}

/**
 * The state after the next events of the log; those that it has already are passed over. The work
 * grows with the number of new events, and for a batch with that of the log once.
 *
 * @throws RangeError if an event is missing in between
 */
export function applyEvents(state: RoomState, events: readonly LiveSessionEvent[]): RoomState {
  const logEnd = state.events.at(-1)?.seq;
  const news = logEnd === undefined ? events : events.filter(({ seq }) => seq > logEnd);
  if (news.length === 0) return state;
  requireContiguous(news, logEnd);

  const sets = new SetLogDraft(state.sets);
  let present: Present | null = state.session && {
    session: state.session,
    participants: state.participants,
    isDoubtful: state.needsSnapshot,
  };
  let focusOfLog = state.focusOfLog;
  const sent: string[] = [];
  for (const event of news) {
    if (present !== null && event.seq > state.presentSeq) {
      present = reduceEvent(present, event, sets);
    }
    sets.apply(event);
    focusOfLog = reduceFocus(focusOfLog, event);
    const id = event.userId === state.me ? sentId(event) : undefined;
    if (id !== undefined) sent.push(id);
  }
  const newEnd = news.at(-1)!.seq;
  return {
    ...state,
    ...(present === null ? {} : {
      session: present.session,
      participants: present.participants,
      needsSnapshot: present.isDoubtful,
      presentSeq: Math.max(state.presentSeq, newEnd),
    }),
    // Until the log has come as far as the snapshot, the snapshot knows better.
    ...(newEnd < state.presentSeq
      ? {}
      : { readyCheck: focusOfLog.readyCheck, step: focusOfLog.step }),
    events: state.events.concat(news),
    sets: sets.finish(),
    focusOfLog,
    mySent: sent.length === 0 ? state.mySent : new Set([...state.mySent, ...sent]),
  };
}

/** Where an event with this number is, or would be, in a contiguous log. */
export function indexOfSeq(events: readonly LiveSessionEvent[], seq: number): number {
  const first = events[0]?.seq;
  return first === undefined ? 0 : Math.min(Math.max(seq - first, 0), events.length);
}

function requireContiguous(news: readonly LiveSessionEvent[], logEnd: number | undefined): void {
  let last = logEnd ?? news[0]!.seq - 1;
  for (const { seq } of news) {
    if (seq !== last + 1) throw new RangeError(`Event ${seq} does not follow ${last}.`);
    last = seq;
  }
}

/** The id that its sender chose, if the event tells it. */
function sentId(event: LiveSessionEvent): string | undefined {
  if (event.type === "message") return event.data.messageId;
  if (event.type === "reaction") return event.data.reactionId;
  return undefined;
}

import type { EventOf, LiveSession, LiveSessionEvent, LiveSessionParticipant } from "../types.ts";
import type { SetLookup } from "./sets.ts";

/** How a session stands at one moment: what a snapshot says, brought forward by events. */
export interface Present {
  readonly session: LiveSession;
  /** Everybody who is or was in it, in the order in which their stays began. */
  readonly participants: readonly LiveSessionParticipant[];
  /** Something happened whose outcome the events do not tell: a fresh snapshot has to be read. */
  readonly isDoubtful: boolean;
}

/** What one kind of event does to the present; `sets` are those from before it. */
export type Reduce<Type extends LiveSessionEvent["type"]> = (
  present: Present,
  event: EventOf<Type>,
  sets: SetLookup,
) => Present;

/** What each of some kinds of events does. */
export type Reducers<Types extends LiveSessionEvent["type"]> = {
  readonly [Type in Types]: Reduce<Type>;
};

/** The present with some members of the session changed; one that is undefined is taken away. */
export function changeSession(present: Present, changes: Partial<LiveSession>): Present {
  return { ...present, session: changed(present.session, changes) };
}

/** The present with some members of one participant changed; unknown people change nothing. */
export function changeParticipant(
  present: Present,
  userId: string,
  changes: (participant: LiveSessionParticipant) => Partial<LiveSessionParticipant>,
): Present {
  return changeParticipants(
    present,
    (one) => one.userId === userId ? changes(one) : undefined,
  );
}

/** The present with participants changed; whoever nothing is said of stays the same object. */
export function changeParticipants(
  present: Present,
  changes: (participant: LiveSessionParticipant) => Partial<LiveSessionParticipant> | undefined,
): Present {
  let isChanged = false;
  const participants = present.participants.map((one) => {
    const change = changes(one);
    if (change === undefined) return one;
    isChanged = true;
    return changed(one, change);
  });
  return isChanged ? { ...present, participants } : present;
}

/** Raises the version, as every action of a leader does, to what the event says if it says it. */
export function raiseVersion(present: Present, event: LiveSessionEvent): Present {
  return changeSession(present, { version: told(event, "version") ?? present.session.version + 1 });
}

/** A number that an event may carry beyond what every version of the server tells. */
export function told(event: LiveSessionEvent, member: string): number | undefined {
  const value = (event.data as Readonly<Record<string, unknown>> | undefined)?.[member];
  return typeof value === "number" ? value : undefined;
}

function changed<Whole extends object>(whole: Whole, changes: Partial<Whole>): Whole {
  const result = { ...whole, ...changes };
  for (const key of Object.keys(changes) as (keyof Whole)[]) {
    if (changes[key] === undefined) delete result[key];
  }
  return result;
}

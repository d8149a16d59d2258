import { expect } from "vitest";
import { applyEvents, applySnapshot } from "../../client/src/store/apply.ts";
import { selectWhoIsReady } from "../../client/src/store/selectors/guided.ts";
import { emptyRoom, type RoomState } from "../../client/src/store/state.ts";
import type {
  LiveSession,
  LiveSessionEvent,
  LiveSessionParticipant,
  SessionSnapshot,
} from "../../client/src/types.ts";

/**
 * What events do not tell. `lastActiveAt`: a mere sign of life has no event, which is the point of
 * it; events bring it forward as far as they go. (Nor do they tell that somebody has deleted their
 * account, which takes their name out of the past, log and all; no account is deleted here.)
 */
function told({ lastActiveAt: _, ...participant }: LiveSessionParticipant) {
  return participant;
}

/** Holds the present of a state against a snapshot. */
export function expectPresent(state: RoomState, snapshot: SessionSnapshot, words = ""): void {
  expect(state.session, words).toEqual<LiveSession>(snapshot.session);
  expect(state.participants.map(told), words).toEqual(snapshot.participants.map(told));
  expect(state.presentSeq, words).toBe(snapshot.lastSeq);
}

/** How often a snapshot had to settle what events did not tell. */
export interface Doubts {
  count: number;
}

/**
 * From every snapshot on, applies the events that came after it and holds what comes out against
 * every later one. The log is read before, as a room reads it.
 */
export function expectEverySnapshotReached(
  me: string,
  snapshots: readonly SessionSnapshot[],
  log: readonly LiveSessionEvent[],
): Doubts {
  const doubts = { count: 0 };
  snapshots.forEach((first, index) => {
    let state = applySnapshot(emptyRoom(me), first);
    // The log comes in pages; until it has caught up the snapshot stands.
    for (let from = 0; from < first.lastSeq; from += 7) {
      state = applyEvents(state, log.slice(from, Math.min(from + 7, first.lastSeq)));
      expectPresent(state, first);
    }
    let at = first.lastSeq;
    for (const later of snapshots.slice(index + 1)) {
      state = applyEvents(state, log.slice(at, later.lastSeq));
      at = later.lastSeq;
      if (state.needsSnapshot) {
        doubts.count++;
        state = applySnapshot(state, later);
        expect(state.needsSnapshot).toBe(false);
      }
      expectPresent(state, later, `from ${first.lastSeq} to ${later.lastSeq}`);
    }
  });
  return doubts;
}

/** A snapshot that comes late is brought forward by what the log has had meanwhile. */
export function expectLateSnapshotsAreBroughtForward(
  me: string,
  snapshots: readonly SessionSnapshot[],
  log: readonly LiveSessionEvent[],
): void {
  const last = snapshots.at(-1)!;
  const whole = applyEvents(emptyRoom(me), log.slice(0, last.lastSeq));
  for (const late of snapshots) {
    const state = applySnapshot(whole, late);
    if (!state.needsSnapshot) expectPresent(state, last, `a late ${late.lastSeq}`);
  }
}

/** Whenever a ready check is over for its deadline, who was waited for is who is named late. */
export function expectLateAreThoseWaitedFor(
  me: string,
  first: SessionSnapshot,
  log: readonly LiveSessionEvent[],
): number {
  let state = applySnapshot(emptyRoom(me), first);
  let checks = 0;
  for (const event of log) {
    if (event.type === "ready_check" && event.data.state === "open" && event.seq > first.lastSeq) {
      const waitedFor = selectWhoIsReady(state).waitingFor.map(({ userId }) => userId);
      expect(waitedFor).toEqual(event.data.late.map(({ userId }) => userId));
      expect(state.readyCheck).not.toBeNull();
      checks++;
    }
    state = applyEvents(state, [event]);
  }
  return checks;
}

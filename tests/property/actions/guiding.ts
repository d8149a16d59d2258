import fc from "fast-check";
import { requirePresence, requireSeen } from "../seeing.ts";
import { giveLead, readyLists, settleReadyCheck } from "../stays.ts";
import { append, type ModelSession, type PersonIndex, refuse, type World } from "../world.ts";
import { call, exercise, EXERCISES, idOf, type Late, leader, person, place } from "./action.ts";

/** The version that the leader has seen: mostly the present one, now and then an old one. */
const seen = fc.nat({ max: 9 }).map((one) => (one === 0 ? 1 : 0));

function expected(behind: number): Late {
  return Object.assign((session: ModelSession) => session.version - behind, {
    words: behind === 0 ? "current version" : "old version",
  });
}

/** Begins an action of the leader; nothing has changed when it refuses. */
function requireLead(world: World, session: ModelSession, who: PersonIndex, behind = 0): void {
  requireSeen(world, session, who);
  if (!session.guided) refuse("invalid_mode");
  requirePresence(world, session, who);
  if (!session.participants.get(who)!.isLeader) refuse("not_leader");
  if (session.status === "pending") refuse("session_not_started");
  if (behind !== 0) refuse("version_conflict");
}

function act(session: ModelSession): void {
  settleReadyCheck(session);
  session.version += 1;
}

/** Where an exercise stands: the next one on, else the nearest before. */
function indexInPlan(plan: readonly string[], exercise: string, near: number): number | null {
  const found = plan.map((one, index) => ({ one, index })).filter(({ one }) => one === exercise)
    .map(({ index }) => index);
  return found.find((index) => index >= near) ?? found.at(-1) ?? null;
}

function move(session: ModelSession, who: PersonIndex, exercise: string, position: number | null) {
  session.exercise = exercise;
  session.position = position ?? session.position;
  for (const participant of session.participants.values()) participant.isReady = false;
  session.readyCheck = null;
  append(session, "exercise_changed", who);
}

export const choose = fc.tuple(leader, place, exercise, seen).map((
  [whoever, where, exercise, behind],
) =>
  call(
    "choose_live_session_exercise",
    whoever,
    where,
    [exercise, expected(behind)],
    (world, session, who) => {
      requireLead(world, session, who, behind);
      act(session);
      move(session, who, exercise, indexInPlan(session.plan, exercise, session.position ?? 0));
    },
  )
);

export const walk = fc.tuple(fc.constantFrom(1, 1, -1), leader, place, seen).map((
  [step, whoever, where, behind],
) =>
  call(step > 0 ? "next_live_session_exercise" : "previous_live_session_exercise", whoever, where, [
    expected(behind),
  ], (world, session, who) => {
    requireLead(world, session, who, behind);
    const position = session.position === null ? (step > 0 ? 0 : -1) : session.position + step;
    const exercise = session.plan[position];
    if (position < 0 || exercise === undefined) refuse("invalid_exercise");
    act(session);
    move(session, who, exercise, position);
  })
);

export const plan = fc.tuple(leader, place, fc.array(fc.constantFrom(...EXERCISES)), seen).map((
  [whoever, where, plan, behind],
) =>
  call("change_live_session_plan", whoever, where, [
    Object.assign(() => plan.map((exerciseId) => ({ exerciseId, targetSets: 2 })), {
      words: `[${plan}]`,
    }),
    expected(behind),
  ], (world, session, who) => {
    requireLead(world, session, who, behind);
    act(session);
    if (session.position !== null) {
      const was = session.plan[session.position];
      const found = was === undefined ? null : indexInPlan(plan, was, session.position);
      const before = Math.min(session.position, plan.length) - 1;
      session.position = found ?? (before < 0 ? null : before);
    }
    session.plan = plan;
    append(session, "plan_changed", who);
  })
);

export const ready = fc.tuple(person, place, fc.boolean()).map(([whoever, where, isReady]) =>
  call("report_live_session_ready", whoever, where, [isReady], (world, session, who) => {
    requireSeen(world, session, who);
    if (!session.guided) refuse("invalid_mode");
    requirePresence(world, session, who);
    if (session.status === "pending") refuse("session_not_started");
    settleReadyCheck(session);
    const participant = session.participants.get(who)!;
    if (participant.isReady !== isReady) {
      participant.isReady = isReady;
      append(session, "ready_status_changed", who);
      settleReadyCheck(session);
    }
    const lists = readyLists(session);
    return {
      ready: lists.ready.map((one) => world.people[one]),
      waitingFor: lists.waitingFor.map((one) => world.people[one]),
    };
  })
);

export const check = fc.tuple(
  leader,
  place,
  fc.constantFrom("all" as const, "quorum" as const, "leader_only" as const),
  fc.integer({ min: 1, max: 4 }),
).map(([whoever, where, policy, quorum]) =>
  call("start_live_session_ready_check", whoever, where, [
    600,
    policy,
    policy === "quorum" ? quorum : null,
  ], (world, session, who) => {
    requireLead(world, session, who);
    act(session);
    session.readyCheck = { policy, quorum, started: ++world.clock };
    append(session, "ready_check", who);
    settleReadyCheck(session);
  })
);

export const rest = fc.tuple(leader, place, fc.constantFrom("start", "extend", "skip")).map((
  [whoever, where, verb],
) =>
  call(
    `${verb}_live_session_rest`,
    whoever,
    where,
    verb === "skip" ? [] : [3600],
    (world, session, who) => {
      requireLead(world, session, who);
      if (verb === "extend" && !session.resting) refuse("invalid_request");
      // Skipping when nobody rests, as a second tap does, changes nothing.
      if (verb === "skip" && !session.resting) return settleReadyCheck(session);
      act(session);
      append(session, verb === "skip" ? "rest_ended" : "rest_started", who);
      session.resting = verb !== "skip";
    },
  )
);

export const pause = fc.tuple(leader, place, fc.boolean()).map(([whoever, where, isPaused]) =>
  call(
    isPaused ? "pause_live_session" : "resume_live_session",
    whoever,
    where,
    [],
    (world, session, who) => {
      requireSeen(world, session, who);
      requirePresence(world, session, who);
      if (session.guided && !session.participants.get(who)!.isLeader) refuse("not_leader");
      if (!session.guided && session.host !== who) refuse("not_host");
      if (session.status === "pending") refuse("session_not_started");
      if (session.paused === isPaused) return;
      session.paused = isPaused;
      session.version += 1;
      append(session, isPaused ? "session_paused" : "session_resumed", who);
    },
  )
);

export const transferLead = fc.tuple(leader, place, person).map(([whoever, where, to]) =>
  call("transfer_live_session_lead", whoever, where, [idOf(to)], (world, session, who) => {
    requireSeen(world, session, who);
    if (!session.guided) refuse("invalid_mode");
    requirePresence(world, session, who);
    if (session.participants.get(to)?.isLeader) return;
    if (!session.participants.get(who)!.isLeader) refuse("not_leader");
    if (!session.participants.get(to)?.present) refuse("user_not_found");
    session.version += 1;
    giveLead(session, who, to);
    settleReadyCheck(session);
  })
);

import type { LiveSession } from "../../supabase/functions/_shared/schemas/live-session.ts";
import { call } from "../helpers/api.ts";
import { act, PLAN, send, startGuided } from "../helpers/guided.ts";
import { createPeople } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  openSession,
  readSnapshot,
  startSession,
} from "../helpers/sessions.ts";
import { itAnswersWithEveryCode } from "./every-code.ts";

/** A guided session under way, with a leader, a follower and somebody who is not in it. */
async function assemble() {
  const [leader, follower, stranger] = await createPeople("Leader", "Follower", "Stranger");
  const { id } = await startGuided(leader, [follower]);
  return { leader, follower, stranger, id };
}

type Cast = Awaited<ReturnType<typeof assemble>>;
type Caller = keyof Omit<Cast, "id">;
type Prepare = (cast: Cast) => Promise<unknown>;
type MakeBody = (session: LiveSession, cast: Cast) => unknown;

/** The scenarios of an action, told by who calls it and what was before. */
function scenariosOf(action: string, body: MakeBody = () => undefined) {
  /** In the session that is under way. */
  const by = (caller: Caller, prepare: Prepare = async () => {}) => async () => {
    const cast = await assemble();
    await prepare(cast);
    const { session } = await readSnapshot(cast.id, cast.leader);
    return await send(cast.id, cast[caller], action, body(session, cast));
  };
  /** In another one, of which the leader is the host. */
  const elsewhere = (mode: "shared" | "guided", prepare: Prepare = async () => {}) => async () => {
    const [leader, follower, stranger] = await createPeople("Leader", "Follower", "Stranger");
    const session = await openSession(leader, { mode, plannedExercises: PLAN });
    const cast = { leader, follower, stranger, id: session.id };
    await joinSession(session.id, follower);
    await prepare(cast);
    return await send(session.id, leader, action, body(session, cast));
  };
  const unknown = async () => {
    const cast = await assemble();
    const { session } = await readSnapshot(cast.id, cast.leader);
    return await send(crypto.randomUUID(), cast.leader, action, body(session, cast));
  };
  const presence = {
    session_not_found: unknown,
    not_participant: by("stranger"),
    session_ended: by("leader", ({ id, leader }) => endSession(id, leader)),
  };
  const course = {
    ...presence,
    invalid_mode: elsewhere("shared"),
    session_not_started: elsewhere("guided"),
  };
  const lead = { ...course, not_leader: by("follower") };
  return { by, elsewhere, presence, course, lead };
}

const startRest: Prepare = ({ id, leader }) => act(id, leader, "rest", { seconds: 600 });
const next: Prepare = async ({ id, leader }) => {
  const { session } = await readSnapshot(id, leader);
  await act(id, leader, "next", { expectedVersion: session.version });
};

const current: MakeBody = ({ version }) => ({ expectedVersion: version });
const outdated: MakeBody = ({ version }) => ({ expectedVersion: version + 1 });

/** The scenarios of an action with `expectedVersion` in its body. */
function versioned(action: string, more: object = {}, prepare: Prepare = async () => {}) {
  const withMore = (body: MakeBody): MakeBody => (session, cast) => ({
    ...more,
    ...body(session, cast) as object,
  });
  const { by, lead } = scenariosOf(action, withMore(current));
  return {
    ...lead,
    success: by("leader", prepare),
    version_conflict: scenariosOf(action, withMore(outdated)).by("leader"),
  };
}

/** The scenarios of pausing and resuming, which hosts of shared sessions do as well. */
function forLeaderOrHost(action: string) {
  const { by, elsewhere, presence, course } = scenariosOf(action);
  return {
    ...presence,
    success: by("leader"),
    session_not_started: course.session_not_started,
    not_leader: by("follower"),
    not_host: elsewhere("shared", async ({ id, leader, follower }) => {
      await startSession(id, leader);
      await call("POST", `/sessions/${id}/host`, leader, { userId: follower.id });
    }),
  };
}

const choose = versioned("exercise", { exerciseId: "squat" });
const ready = scenariosOf("ready", () => ({ isReady: true }));
const check = scenariosOf("ready-check", () => ({ deadlineSeconds: 60, policy: "all" }));
const rest = scenariosOf("rest", () => ({ seconds: 90 }));
const extend = scenariosOf("rest/extend", () => ({ seconds: 30 }));
const skip = scenariosOf("rest/skip");
const toFollower = scenariosOf("leader", (_, { follower }) => ({ userId: follower.id }));
const toStranger = scenariosOf("leader", (_, { stranger }) => ({ userId: stranger.id }));
const { session_not_started: _, ...handOver } = toFollower.lead;

itAnswersWithEveryCode("guided", {
  chooseExercise: choose,
  nextExercise: {
    ...versioned("next"),
    invalid_exercise: scenariosOf("next", current).by("leader", async (cast) => {
      for (const _ of PLAN) await next(cast);
    }),
  },
  previousExercise: {
    ...versioned("previous", {}, async (cast) => {
      await next(cast);
      await next(cast);
    }),
    invalid_exercise: scenariosOf("previous", current).by("leader"),
  },
  changePlan: versioned("plan", { plannedExercises: [] }),
  reportReady: { ...ready.course, success: ready.by("follower") },
  startReadyCheck: { ...check.lead, success: check.by("leader") },
  startRest: { ...rest.lead, success: rest.by("leader") },
  extendRest: { ...extend.lead, success: extend.by("leader", startRest) },
  skipRest: { ...skip.lead, success: skip.by("leader", startRest) },
  pauseSession: forLeaderOrHost("pause"),
  resumeSession: forLeaderOrHost("resume"),
  transferLead: {
    ...handOver,
    success: toFollower.by("leader"),
    not_leader: toStranger.by("follower"),
    user_not_found: toStranger.by("leader"),
  },
});

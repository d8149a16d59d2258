import type { LiveSession } from "../../supabase/functions/_shared/schemas/live-session.ts";
import { SessionAnswer } from "../../supabase/functions/_shared/schemas/answers.ts";
import { type Answer, call, expectAnswer } from "./api.ts";
import type { Person } from "./people.ts";
import { joinSession, openSession, startSession } from "./sessions.ts";

/** What a group does in tests: squats, lunges, and squats again. */
export const PLAN = [
  { exerciseId: "squat", targetSets: 5, targetRepsMin: 3, targetRepsMax: 5 },
  { exerciseId: "lunge", targetSets: 3 },
  { exerciseId: "squat", targetSets: 1 },
];

/** Opens a guided session with a plan, lets people join and starts it. */
export async function startGuided(
  leader: Person,
  followers: readonly Person[] = [],
  plannedExercises: LiveSession["plannedExercises"] = PLAN,
): Promise<LiveSession> {
  const { id } = await openSession(leader, { mode: "guided", plannedExercises });
  await joinSession(id, ...followers);
  return await startSession(id, leader);
}

/** Sends an action of the guided function: `send(id, leader, "next", { expectedVersion })`. */
export function send(
  sessionId: string,
  person: Pick<Person, "token"> | null,
  action: string,
  body?: unknown,
): Promise<Answer> {
  const method = action === "plan" ? "PUT" : "POST";
  return call(method, `/guided/${sessionId}/${action}`, person, body);
}

/** Sends an action that succeeds; the session afterwards. */
export async function act(
  sessionId: string,
  person: Person,
  action: string,
  body?: unknown,
): Promise<LiveSession> {
  const answer = await send(sessionId, person, action, body);
  return expectAnswer(answer, 200, SessionAnswer).session;
}

import type { z } from "@hono/zod-openapi";
import type { LiveSession } from "../../supabase/functions/_shared/schemas/live-session.ts";
import { EndSessionAnswer } from "../../supabase/functions/sessions/routes/end.ts";
import { EventsAnswer } from "../../supabase/functions/sessions/routes/events.ts";
import { OpenSessionAnswer } from "../../supabase/functions/sessions/routes/open.ts";
import type { OpenSessionBody } from "../../supabase/functions/sessions/routes/open.ts";
import { SnapshotAnswer } from "../../supabase/functions/sessions/routes/snapshot.ts";
import {
  ParticipantAnswer,
  SessionAnswer,
} from "../../supabase/functions/_shared/schemas/answers.ts";
import { call, expectAnswer } from "./api.ts";
import type { Person } from "./people.ts";

/** Opens a session; a shared one that anybody may join unless told otherwise. */
export async function openSession(
  host: Person,
  settings: Partial<z.input<typeof OpenSessionBody>> = {},
): Promise<LiveSession> {
  const body = { mode: "shared", visibility: "public", ...settings };
  const answer = await call("POST", "/sessions", host, body);
  return expectAnswer(answer, 201, OpenSessionAnswer).session;
}

/** Lets people join, one after the other. */
export async function joinSession(id: string, ...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    expectAnswer(await call("POST", `/sessions/${id}/join`, person), 200, ParticipantAnswer);
  }
}

/** Lets people leave, one after the other. */
export async function leaveSession(id: string, ...people: readonly Person[]): Promise<void> {
  for (const person of people) {
    expectAnswer(await call("POST", `/sessions/${id}/leave`, person), 200, ParticipantAnswer);
  }
}

/** Starts a session. */
export async function startSession(id: string, host: Person): Promise<LiveSession> {
  const answer = await call("POST", `/sessions/${id}/start`, host);
  return expectAnswer(answer, 200, SessionAnswer).session;
}

/** Ends a session. */
export async function endSession(
  id: string,
  host: Person,
): Promise<z.output<typeof EndSessionAnswer>> {
  return expectAnswer(await call("POST", `/sessions/${id}/end`, host), 200, EndSessionAnswer);
}

/** Sends somebody away from a session. */
export async function removeFromSession(id: string, host: Person, who: Person): Promise<void> {
  const answer = await call("DELETE", `/sessions/${id}/participants/${who.id}`, host);
  if (answer.status !== 204) throw new Error(`Removing failed: ${JSON.stringify(answer.body)}`);
}

/** A session as somebody sees it. */
export async function readSnapshot(
  id: string,
  person: Person,
): Promise<z.output<typeof SnapshotAnswer>> {
  return expectAnswer(await call("GET", `/sessions/${id}`, person), 200, SnapshotAnswer);
}

/** All events of a session, in order. */
export async function readEvents(
  id: string,
  person: Person,
): Promise<z.output<typeof EventsAnswer>["events"]> {
  const events: z.output<typeof EventsAnswer>["events"] = [];
  for (;;) {
    const after = events.at(-1)?.seq ?? 0;
    const answer = await call("GET", `/sessions/${id}/events?after=${after}&limit=500`, person);
    const page = expectAnswer(answer, 200, EventsAnswer);
    events.push(...page.events);
    if (!page.hasMore) return events;
  }
}

import type { Stack } from "../../shared/people.ts";
import type { SignedIn } from "../crowd_members.ts";
import { setOf } from "../sets.ts";
import type { Action } from "./hour.ts";

/** Somebody with the others of their session. */
export interface Trainee extends SignedIn {
  /** Somebody else of the same session. */
  readonly partnerId: string;
  /** How many sets they have logged. */
  logged: number;
}

/** Does something as somebody. @throws Error unless the answer is a success */
export async function act(stack: Stack, trainee: Trainee, action: Action): Promise<void> {
  const { method, path, body } = requestOf(trainee, action);
  const answer = await fetch(`${stack.API_URL}${path}`, {
    method,
    headers: {
      apikey: stack.PUBLISHABLE_KEY,
      authorization: `Bearer ${trainee.token}`,
      prefer: "return=minimal",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${text.slice(0, 200)}`);
}

interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
}

function requestOf(trainee: Trainee, action: Action): Request {
  const { id, sessionId, partnerId } = trainee;
  const post = (path: string, body: unknown): Request => ({ method: "POST", path, body });
  const get = (path: string): Request => ({ method: "GET", path });
  switch (action) {
    case "set":
      return post("/rest/v1/live_session_sets", setOf(sessionId, id, trainee.logged++));
    case "heartbeat":
      return post("/rest/v1/rpc/heartbeat_presence", {
        status: "working_out",
        exercise_id: "squat",
        exercise_name: "Squat",
      });
    case "reaction":
      return post("/rest/v1/live_session_reactions", {
        session_id: sessionId,
        from_user_id: id,
        to_user_id: partnerId,
        emote: "fire",
      });
    case "message":
      return post("/rest/v1/live_session_messages", {
        session_id: sessionId,
        user_id: id,
        message: "One more!",
      });
    case "catchUp":
      return get(`/functions/v1/sessions/${sessionId}/events?after=0&limit=50`);
    case "snapshot":
      return get(`/functions/v1/sessions/${sessionId}`);
    case "friends":
      return post("/rest/v1/rpc/friends_presence", {});
  }
}

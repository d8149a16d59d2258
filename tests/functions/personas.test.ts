import { beforeAll, describe, expect, it } from "vitest";
import type { ErrorCode } from "../../supabase/functions/_shared/errors.ts";
import { type Answer, call, expectProblem } from "../helpers/api.ts";
import { befriend, block, createPeople, type Person } from "../helpers/people.ts";
import {
  joinSession,
  leaveSession,
  openSession,
  readSnapshot,
  removeFromSession,
} from "../helpers/sessions.ts";
import { signToken } from "../helpers/tokens.ts";
import { type Route, SESSION_ROUTES } from "./routes.ts";

// Who gets what from every route about one session that the host's friends may find.

interface Cast {
  sessionId: string;
  participant: Person;
  /** Each kind of person by name; null is somebody who is not signed in. */
  by: Record<string, Pick<Person, "token"> | null>;
}

async function assemble(): Promise<Cast> {
  const [host, participant, left, removed, friend, blocked, blocking, blockedInside, stranger] =
    await createPeople(
      "Host",
      "Participant",
      "Left",
      "Removed",
      "Friend",
      "Blocked",
      "Blocking",
      "Blocked inside",
      "Stranger",
    );
  const friends = [participant, left, removed, friend, blocked, blocking, blockedInside];
  await befriend(host, ...friends);
  const { id } = await openSession(host, { visibility: "friends" });
  await joinSession(id, participant, left, removed);
  await leaveSession(id, left);
  await removeFromSession(id, host, removed);
  await block(host, blocked);
  await block(blocking, host);
  await block(participant, blockedInside);
  const account = { id: crypto.randomUUID(), email: "nobody@example.com" };
  return {
    sessionId: id,
    participant,
    by: {
      "somebody not signed in": null,
      "somebody without an account": { token: await signToken(account) },
      "a stranger": stranger,
      "a friend whom the host blocks": blocked,
      "a friend who blocks the host": blocking,
      "a friend whom a participant blocks": blockedInside,
      "somebody who was removed": removed,
      "a friend of the host": friend,
      "somebody who left": left,
      "a participant": participant,
      "the host": host,
    },
  };
}

const HIDDEN: Record<string, ErrorCode> = {
  "somebody not signed in": "unauthenticated",
  "somebody without an account": "session_not_found",
  "a stranger": "session_not_found",
  "a friend whom the host blocks": "session_not_found",
  "a friend who blocks the host": "session_not_found",
  "a friend whom a participant blocks": "session_not_found",
  "somebody who was removed": "session_not_found",
};

const FOR_HOST: Record<string, ErrorCode | number> = {
  ...HIDDEN,
  "a friend of the host": "not_host",
  "somebody who left": "not_host",
  "a participant": "not_host",
  "the host": 200,
};

const FOR_INSIDERS: Record<string, ErrorCode | number> = {
  ...HIDDEN,
  "a friend of the host": "not_participant",
  "somebody who left": 200,
  "a participant": 200,
  "the host": 200,
};

const FOR_WHO_SEES_IT: Record<string, ErrorCode | number> = {
  ...FOR_INSIDERS,
  "a friend of the host": 200,
};

/** Who gets what from which route: a status, or a code. */
const EXPECTED: Record<string, Record<string, ErrorCode | number>> = {
  "snapshot": FOR_WHO_SEES_IT,
  "update": FOR_HOST,
  "join": FOR_WHO_SEES_IT,
  "leave": FOR_INSIDERS,
  "start": FOR_HOST,
  "end": FOR_HOST,
  "events": FOR_INSIDERS,
  "summary": FOR_INSIDERS,
  "transfer host": FOR_HOST,
  "remove participant": { ...FOR_HOST, "the host": 204 },
};

describe.each(SESSION_ROUTES)("$method $name", (route) => {
  const expected = Object.entries(EXPECTED[route.name] ?? {});
  let cast: Cast;

  beforeAll(async () => {
    cast = await assemble();
  });

  it("has an expectation for everybody", () => {
    expect(expected.map(([who]) => who)).toEqual(Object.keys(cast.by));
  });

  // In this order: those who are refused change nothing, and the host, who may do all, comes last.
  it.each(expected)("gives %s: %s", async (who, outcome) => {
    const answer = await send(route, cast, cast.by[who] ?? null);
    if (typeof outcome === "string") expectProblem(answer, outcome);
    else expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: outcome });
  });
});

describe("a session that one may not know of", () => {
  it.each(SESSION_ROUTES)("answers $method $name as if it were not there", async (route) => {
    const cast = await assemble();
    const hidden = Object.entries(HIDDEN).filter(([, code]) => code === "session_not_found");
    for (const [who] of hidden) {
      const person = cast.by[who] ?? null;
      const real = await send(route, cast, person);
      const unknown = await send(route, { ...cast, sessionId: crypto.randomUUID() }, person);
      expectProblem(real, "session_not_found");
      expect(withoutRequestId(real), who).toEqual(withoutRequestId(unknown));
    }
  });
});

describe("a friend of the host", () => {
  it("sees the session from outside: nobody in it and nothing that happened", async () => {
    const cast = await assemble();
    const friend = cast.by["a friend of the host"];
    const answer = await call("GET", `/sessions/${cast.sessionId}`, friend ?? null);
    expect(answer).toMatchObject({ status: 200, body: { participants: [], recentEvents: [] } });
    expect(JSON.stringify(answer.body)).not.toContain(cast.participant.id);
  });
});

describe("somebody whom a blocked person is in a session with", () => {
  it("keeps seeing what they are part of", async () => {
    const [host, guest] = await createPeople("Host", "Guest");
    const { id } = await openSession(host);
    await joinSession(id, guest);
    await block(guest, host);
    expect((await readSnapshot(id, guest)).participants).toHaveLength(2);
  });
});

function send(route: Route, cast: Cast, person: Pick<Person, "token"> | null): Promise<Answer> {
  const userId = cast.participant.id;
  return call(route.method, route.path(cast.sessionId, userId), person, route.body?.(userId));
}

/** Everything of an answer that could tell two of them apart, but for what always differs. */
function withoutRequestId(answer: Answer) {
  const requestId = answer.headers.get("x-request-id") ?? "";
  return {
    status: answer.status,
    headers: [...answer.headers].filter(([name]) => !["x-request-id", "date"].includes(name)),
    body: JSON.stringify(answer.body).replaceAll(requestId, ""),
  };
}

import {
  callFunction,
  createPeople,
  type Person,
  signToken,
  type Stack,
} from "../../shared/people.ts";

/** Somebody in the session, signed in for the length of a measurement. */
export interface Trainee extends Person {
  token: string;
}

/** A session under way, and who is in it. */
export interface Training {
  sessionId: string;
  people: Trainee[];
}

/** The most that a session takes. */
export const mostPeople = 50;

/** Opens and starts a session that this many people are in: from 2 to 50. */
export async function startTraining(stack: Stack, size: number): Promise<Training> {
  const drafts = await createPeople(
    stack,
    Array.from({ length: size }, (_, index) => `Person ${index + 1}`),
  );
  const people = await Promise.all(
    drafts.map(async (person) => ({ ...person, token: await signToken(stack, person) })),
  );
  const [host, ...others] = people;
  if (host === undefined) throw new Error("A session needs somebody.");
  const opened = await callFunction(stack, host.token, "POST", "/sessions", {
    mode: "shared",
    visibility: "public",
    maxParticipants: mostPeople,
  }) as { session: { id: string } };
  const sessionId = opened.session.id;
  await callFunction(stack, host.token, "POST", `/sessions/${sessionId}/start`);
  for (const { token } of others) {
    await callFunction(stack, token, "POST", `/sessions/${sessionId}/join`);
  }
  return { sessionId, people };
}

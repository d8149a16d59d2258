import { createClient } from "@supabase/supabase-js";
import { type Calls, createCalls } from "../../client/src/calls/calls.ts";
import { LiveWorkoutError } from "../../client/src/errors.ts";
import { expectValid } from "../helpers/openapi.ts";
import type { Person } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";

/** All calls, with this token or none; which of them succeed is noted. */
export function callsWith(token: string | null): Calls {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const supabase = createClient(API_URL, PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(token),
  });
  return recording(createCalls(supabase));
}

/** All calls, as somebody who is signed in. */
export const callsOfPerson = ({ token }: Person): Calls => callsWith(token);

/** Asserts that an answer is what the document calls by this name. */
export function expectIs(name: string, answer: unknown): void {
  expectValid(`#/components/schemas/${name}`, answer);
}

/** What a call is refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<LiveWorkoutError> {
  const error = await call.then(() => "an answer", (raised: unknown) => raised);
  if (!(error instanceof LiveWorkoutError)) throw new Error(`Not refused, but ${error}.`);
  return error;
}

const made = new Set<string>();

/** The same calls, which note that they were made and succeeded. */
function recording(calls: Calls): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([subject, functions]) => [
      subject,
      Object.fromEntries(
        Object.entries(functions as Record<string, (...args: unknown[]) => Promise<unknown>>).map((
          [name, call],
        ) => [name, async (...args: unknown[]) => {
          const answer = await call(...args);
          made.add(`${subject}.${name}`);
          return answer;
        }]),
      ),
    ]),
  ) as unknown as Calls;
}

/** Which calls succeeded at least once. */
export function callsMade(): string[] {
  return [...made].sort();
}

/** Which calls there are. */
export function callsOf(calls: Calls): string[] {
  return Object.entries(calls)
    .flatMap(([subject, functions]) => Object.keys(functions).map((name) => `${subject}.${name}`))
    .sort();
}

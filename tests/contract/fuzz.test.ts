import { expect, it } from "vitest";
import { call } from "../helpers/api.ts";
import { startGuided } from "../helpers/guided.ts";
import { expectDocumented, findOperation, type Operation, operations } from "../helpers/openapi.ts";
import { befriend, createCrowd } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";
import { signToken } from "../helpers/tokens.ts";
import { learn, type Pool } from "./fuzz/pool.ts";
import { Random } from "./fuzz/random.ts";
import { type Credentials, type FuzzRequest, makeRequest } from "./fuzz/requests.ts";

const SEED = 20_261_123;
const REQUESTS = 5000;
const AT_ONCE = 8;
const PATIENCE_MS = 15_000;

/** How often an operation is called, if not as often as the others: sessions should live a while. */
const WEIGHTS: Record<string, number> = {
  openSession: 3,
  startSession: 2,
  inviteFriends: 3,
  createInvitationLink: 2,
  nextExercise: 3,
  previousExercise: 3,
  startRest: 3,
  extendRest: 2,
  endSession: 0.2,
  leaveSession: 0.3,
  transferHost: 0.5,
  transferLead: 0.5,
};

/** What would tell how it is made inside. */
const INSIDE = new RegExp(
  [
    "SQLSTATE|PGRST|PL/pgSQL|plpgsql|pg_catalog|postgres|supabase_admin",
    'relation "|column "|function private|private\\.|public\\.live_|violates|syntax error',
    "\\bat \\S+ \\(|\\bat async|\\.ts:\\d+|file://|node_modules|TypeError|ReferenceError|ECONN",
    "ZodError|Unexpected token|supabase-js",
  ].join("|"),
);

async function assemble(): Promise<{ pool: Pool; credentials: Credentials }> {
  const people = await createCrowd(12);
  // Some are under way already, so that there is something to lead.
  const sessions: Pool["sessions"] = [];
  for (const [leader, follower] of [people.slice(0, 2), people.slice(2, 4), people.slice(4, 6)]) {
    if (leader === undefined || follower === undefined) throw new Error("There is nobody.");
    sessions.push(await startGuided(leader, [follower]));
  }
  for (const [index, person] of people.entries()) {
    await befriend(person, ...people.slice(index + 1));
  }
  const [someone] = people;
  if (someone === undefined) throw new Error("There is nobody.");
  const useless = [
    "garbage",
    "Bearer",
    "Bearer ",
    "Bearer a.b.c",
    "Basic YTpi",
    `bearer ${someone.token}x`,
    `Bearer ${await signToken(someone, { expiresInSeconds: -60 })}`,
    `Bearer ${await signToken(someone, { secret: "another-secret-of-at-least-32-characters" })}`,
    `Bearer ${await signToken(someone, { role: "anon" })}`,
    `Bearer ${await signToken({ id: crypto.randomUUID(), email: "gone@example.com" })}`,
    `Bearer ${await signToken({ id: "not-a-uuid", email: "x@example.com" })}`,
  ];
  return { pool: { people, sessions, invitations: [], links: [] }, credentials: { useless } };
}

function pickOperation(random: Random): Operation {
  const weightOf = ({ operationId }: Operation) => WEIGHTS[operationId] ?? 1;
  const total = operations.reduce((sum, operation) => sum + weightOf(operation), 0);
  let at = random.next() * total;
  return operations.find((operation) => (at -= weightOf(operation)) < 0) ?? random.pick(operations);
}

/** Whether the request reaches a function at all once the address is normalised. */
function reachesFunction(url: URL): boolean {
  return /^\/functions\/v1\/(sessions|invitations|guided)(\/|$)/.test(url.pathname);
}

it(`${REQUESTS} requests made of the document: every answer is one that it promises`, async () => {
  const random = new Random(SEED);
  const { pool, credentials } = await assemble();
  const { FUNCTIONS_URL } = runningStack();
  const succeeded = new Set<string>();
  const refused = new Set<string>();
  let left = REQUESTS;

  async function fire(request: FuzzRequest, url: URL): Promise<void> {
    const answer = await fetch(url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    const shown = `${JSON.stringify(request).slice(0, 2000)} answered ${answer.status} ${text}`;
    expect(answer.status, shown).toBeLessThan(500);
    expect(INSIDE.exec(text)?.[0], shown).toBeUndefined();
    const body = text === "" ? undefined : JSON.parse(text);
    const path = url.pathname.slice("/functions/v1".length);
    expectDocumented(request.method, path, {
      status: answer.status,
      headers: answer.headers,
      body,
    });
    if (answer.ok) learn(pool, body);
    const operation = findOperation(request.method, path);
    if (operation !== undefined) {
      (answer.ok ? succeeded : refused).add(operation.operationId);
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (left > 0) {
      const request = makeRequest(pickOperation(random), pool, credentials, random);
      const url = new URL(FUNCTIONS_URL + request.path);
      if (!reachesFunction(url)) continue;
      left--;
      await fire(request, url);
    }
  }));

  const all = operations.map(({ operationId }) => operationId);
  const never = all.filter((id) => !succeeded.has(id));
  // Not all of the requests stop at the door, or they would show little.
  expect(never.length, `never succeeded: ${never}`).toBeLessThan(3);
  const open = all.filter((id) => !refused.has(id));
  expect(open.every((id) => id.endsWith("OpenApi")), `never refused: ${open}`).toBe(true);
  // And it still works.
  expect(await call("GET", "/sessions", pool.people[0] ?? null)).toMatchObject({ status: 200 });
}, 120_000);

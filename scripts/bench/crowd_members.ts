import postgres from "postgres";
import { type Person, signToken, type Stack } from "../shared/people.ts";
import { makeCrowd } from "./crowd.ts";

/** Somebody of a crowd, in a running session. */
export interface Member {
  readonly id: string;
  readonly sessionId: string;
}

/** Somebody of a crowd with an access token. */
export interface SignedIn extends Member {
  readonly token: string;
}

/** The people that `makeCrowd` has put into a database, in the order of their sessions. */
export async function membersOf(databaseUrl: string): Promise<Member[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return await sql<Member[]>`
      select id, session_id as "sessionId" from bench.people order by number`;
  } finally {
    await sql.end();
  }
}

/** Puts people into a stack, in running sessions of `size` each, and signs them in. */
export async function signedInCrowd(
  stack: Stack,
  people: number,
  size: number,
): Promise<SignedIn[]> {
  await makeCrowd({ urlOf: () => stack.DB_URL }, people, size);
  const members = await membersOf(stack.DB_URL);
  return await Promise.all(members.map(async (member, index) => {
    const person: Person = { id: member.id, email: "", displayName: `Person ${index}` };
    return { ...member, token: await signToken(stack, person, 2 * 3600) };
  }));
}

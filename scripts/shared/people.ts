import { SignJWT } from "jose";
import postgres from "postgres";
import { signingKeyId } from "../stack/keys.ts";

/** What is needed of a stack to put people into it. */
export interface Stack {
  API_URL: string;
  DB_URL: string;
  PUBLISHABLE_KEY: string;
  JWT_SECRET: string;
}

/** Somebody with an account. */
export interface Person {
  id: string;
  email: string;
  displayName: string;
}

/** Makes new people, nobody's friends: inserted into Auth's table at once, as its owner. */
export async function createPeople(stack: Stack, names: readonly string[]): Promise<Person[]> {
  const people = names.map((displayName) => ({
    id: crypto.randomUUID(),
    email: `${crypto.randomUUID()}@example.com`,
    displayName,
  }));
  const sql = postgres(stack.DB_URL, { max: 1, onnotice: () => {} });
  try {
    await sql`
      insert into auth.users
        (id, instance_id, aud, role, email, encrypted_password, email_confirmed_at,
         raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
      select r.id, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated',
        r.email, '', now(), '{"provider": "email", "providers": ["email"]}',
        jsonb_build_object('display_name', r."displayName"), now(), now()
      from jsonb_to_recordset(${sql.json(people)}) as r(id uuid, email text, "displayName" text)`;
  } finally {
    await sql.end();
  }
  return people;
}

/**
 * Signs an access token for somebody, as the stack's Auth would.
 *
 * @param lifeSeconds how long it is good for
 */
export async function signToken(
  { JWT_SECRET }: Pick<Stack, "JWT_SECRET">,
  person: Person,
  lifeSeconds = 3600,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return await new SignJWT({
    role: "authenticated",
    email: person.email,
    session_id: crypto.randomUUID(),
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: signingKeyId })
    .setSubject(person.id)
    .setAudience("authenticated")
    .setIssuedAt(now)
    .setExpirationTime(now + lifeSeconds)
    .sign(new TextEncoder().encode(JWT_SECRET));
}

/**
 * Calls an edge function as somebody and hands back what it answers.
 *
 * @throws Error with the answer, unless it is a success
 */
export async function callFunction(
  stack: Stack,
  token: string,
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await fetch(`${stack.API_URL}/functions/v1${path}`, {
    method,
    headers: {
      apikey: stack.PUBLISHABLE_KEY,
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

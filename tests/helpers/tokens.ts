import { decodeProtectedHeader, SignJWT } from "jose";
import { runningStack } from "./stack.ts";

/** A person as Auth knows them. */
export interface Account {
  id: string;
  email: string;
  token: string;
}

/** What a test wants to be different about a token. */
export interface TokenOptions {
  /** When it expires, in seconds from now; an hour unless given. */
  expiresInSeconds?: number;
  /** What it is signed with, if not with the secret of the stack. */
  secret?: string;
  /** The role in the database it is for; that of people who are signed in unless given. */
  role?: string;
}

/** How the stack signs access tokens: learnt from one it gave out. */
export interface Signing {
  algorithm: string;
  keyId: string;
}

/** Signs somebody up through Auth, as an application does. */
export async function signUp(email: string, displayName: string): Promise<Account> {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  const answer = await fetch(`${API_URL}/auth/v1/signup`, {
    method: "POST",
    headers: { apikey: PUBLISHABLE_KEY, "content-type": "application/json" },
    body: JSON.stringify({
      email,
      password: crypto.randomUUID(),
      data: { display_name: displayName },
    }),
  });
  const body = await answer.json();
  const { access_token: token, user } = body;
  if (typeof token !== "string" || typeof user?.id !== "string") {
    throw new Error(`Signing up failed with ${answer.status}: ${JSON.stringify(body)}`);
  }
  return { id: user.id, email, token };
}

let learnt: Promise<Signing> | undefined;

/** How the stack signs; found out once a test file, by signing one person up. */
export function signing(): Promise<Signing> {
  learnt ??= signUp(`${crypto.randomUUID()}@example.com`, "Probe").then(({ token }) => {
    const { alg, kid } = decodeProtectedHeader(token);
    if (alg === undefined || kid === undefined) throw new Error("Auth's token has no alg or kid.");
    return { algorithm: alg, keyId: kid };
  });
  return learnt;
}

/** Signs an access token for somebody with the secret of the stack (HS256). */
export async function signToken(
  person: { id: string; email: string },
  options: TokenOptions = {},
): Promise<string> {
  const { keyId } = await signing();
  const now = Math.floor(Date.now() / 1000);
  return await new SignJWT({
    role: options.role ?? "authenticated",
    email: person.email,
    session_id: crypto.randomUUID(),
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: keyId })
    .setSubject(person.id)
    .setAudience("authenticated")
    .setIssuedAt(now)
    .setExpirationTime(now + (options.expiresInSeconds ?? 3600))
    .sign(new TextEncoder().encode(options.secret ?? runningStack().JWT_SECRET));
}

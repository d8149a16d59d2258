import { exportJWK, SignJWT } from "jose";
import type { KeySet } from "../config.ts";

/** A key that signs access tokens in tests, and the set that verifies them. */
export interface SigningKey {
  id: string;
  secret: Uint8Array;
  keySet: KeySet;
}

/** Makes a signing key with an id of its own. */
export async function createSigningKey(id: string = crypto.randomUUID()): Promise<SigningKey> {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const { kty, k } = await exportJWK(secret);
  if (kty === undefined) throw new Error("A symmetric key has a type.");
  return { id, secret, keySet: { keys: [{ kty, k, kid: id, alg: "HS256" }] } };
}

/** What a test wants to be different about a token. */
export interface TokenOptions {
  /** Whom the token is for; a new person unless given. */
  subject?: string;
  /** When it expires, in seconds from now; an hour unless given. */
  expiresInSeconds?: number;
  /** The `kid` in its header, if not that of the key. */
  keyId?: string;
}

/** Signs an access token like those of Supabase Auth. */
export function signToken(key: SigningKey, options: TokenOptions = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ role: "authenticated", session_id: crypto.randomUUID() })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", kid: options.keyId ?? key.id })
    .setSubject(options.subject ?? crypto.randomUUID())
    .setAudience("authenticated")
    .setIssuedAt(now)
    .setExpirationTime(now + (options.expiresInSeconds ?? 3600))
    .sign(key.secret);
}

import { decodeProtectedHeader, jwtVerify, SignJWT } from "jose";
import { signingKeyId } from "../keys.ts";

const secrets = new Map<string, Uint8Array>();

function encoded(jwtSecret: string): Uint8Array {
  let secret = secrets.get(jwtSecret);
  if (!secret) secrets.set(jwtSecret, secret = new TextEncoder().encode(jwtSecret));
  return secret;
}

/** Whether the token is signed with the stack's secret and has not expired. */
export async function isValidToken(token: string, jwtSecret: string): Promise<boolean> {
  try {
    await jwtVerify(token, encoded(jwtSecret), { algorithms: ["HS256"] });
    return true;
  } catch {
    return false;
  }
}

/**
 * The same token with the key's id in its header, as on the platform: @supabase/server takes no
 * token without. A token that is not ours comes back as it is.
 */
export async function withKeyId(token: string, jwtSecret: string): Promise<string> {
  try {
    if (decodeProtectedHeader(token).kid) return token;
    const { payload } = await jwtVerify(token, encoded(jwtSecret), { algorithms: ["HS256"] });
    return await new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256", kid: signingKeyId, typ: "JWT" })
      .sign(encoded(jwtSecret));
  } catch {
    return token;
  }
}

/**
 * Replaces the access tokens in an answer of Auth, in a JSON body and in the fragment of a
 * redirect.
 */
export async function addKeyIds(response: Response, jwtSecret: string): Promise<Response> {
  const location = response.headers.get("location");
  const token = location ? /[#&?]access_token=([^&]+)/.exec(location)?.[1] : undefined;
  if (location && token) {
    const headers = new Headers(response.headers);
    headers.set("location", location.replace(token, await withKeyId(token, jwtSecret)));
    return new Response(response.body, { status: response.status, headers });
  }
  const isJson = response.headers.get("content-type")?.includes("application/json");
  if (!isJson || !response.body) return response;
  const text = await response.text();
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(await replaceInJson(text, jwtSecret), { status: response.status, headers });
}

async function replaceInJson(text: string, jwtSecret: string): Promise<string> {
  if (!text.includes('"access_token"')) return text;
  const body: unknown = JSON.parse(text);
  if (body === null || typeof body !== "object" || !("access_token" in body)) return text;
  if (typeof body.access_token !== "string") return text;
  return JSON.stringify({ ...body, access_token: await withKeyId(body.access_token, jwtSecret) });
}

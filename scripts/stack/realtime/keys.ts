import { compactVerify, errors } from "jose";
import { Refusal } from "./refusal.ts";

/** The claims of a verified token, or those that an API key stands for. */
export interface Claims {
  readonly role: string;
  /** Seconds since 1970; absent for the claims of an API key, which does not expire. */
  readonly exp?: number;
  readonly [claim: string]: unknown;
}

/** An API key that opens no connection; `message` may be shown to the caller. */
export class ApiKeyError extends Error {}

export interface Keyring {
  /** Claims of a user's token. Raises Refusal. */
  verifyToken(token: string): Promise<Claims>;
  /** Claims that an API key stands for. Raises ApiKeyError. */
  claimsOfApiKey(apiKey: string | null): Promise<Claims>;
}

export interface KeyringOptions {
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
}

/** The text for a token that expired at `exp` (seconds since 1970). */
export function expiredMessage(exp: number): string {
  return `Token has expired ${Math.max(0, Math.floor(Date.now() / 1000 - exp))} seconds ago`;
}

/** Keys of the `sb_` kind name an API key and never a person. */
export function isApiKey(token: string): boolean {
  return token.startsWith("sb_");
}

/** Verifies tokens signed with the project's secret, and its two API keys. */
export function createKeyring(options: KeyringOptions): Keyring {
  const secret = new TextEncoder().encode(options.jwtSecret);
  const verifyToken = (token: string) => verify(token.replace(/\s/g, ""), secret);

  return {
    verifyToken,
    async claimsOfApiKey(apiKey) {
      if (!apiKey) throw new ApiKeyError("API key is missing");
      if (apiKey === options.publishableKey) return { role: "anon" };
      if (apiKey === options.secretKey) return { role: "service_role" };
      if (isApiKey(apiKey)) throw new ApiKeyError("Invalid API key");
      try {
        // Projects from before the sb_ keys use tokens of anon and service_role as keys.
        return await verifyToken(apiKey);
      } catch (error) {
        throw new ApiKeyError(error instanceof Refusal ? error.message : "Invalid API key");
      }
    },
  };
}

async function verify(token: string, secret: Uint8Array): Promise<Claims> {
  const claims = parseClaims(await verifiedPayload(token, secret));
  const { role, exp } = claims;
  if (typeof role !== "string" || typeof exp !== "number") {
    throw new Refusal("InvalidJWTToken", "Fields `role` and `exp` are required in JWT");
  }
  if (exp <= Date.now() / 1000) throw new Refusal("InvalidJWTToken", expiredMessage(exp));
  return { ...claims, role, exp };
}

async function verifiedPayload(token: string, secret: Uint8Array): Promise<Uint8Array> {
  try {
    const algorithms = ["HS256", "HS384", "HS512"];
    return (await compactVerify(token, secret, { algorithms })).payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw new Refusal("JwtSignatureError", "Failed to validate JWT signature");
    }
    if (
      error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported
    ) {
      throw new Refusal(
        "JwtSignerError",
        "Failed to generate JWT signer, check your JWT secret or JWKS configuration",
      );
    }
    throw malformed();
  }
}

function parseClaims(payload: Uint8Array): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (typeof claims === "object" && claims !== null && !Array.isArray(claims)) {
      return claims as Record<string, unknown>;
    }
  } catch {
    // Falls through to the one answer for everything that is no JWT.
  }
  throw malformed();
}

function malformed(): Refusal {
  return new Refusal("MalformedJWT", "The token provided is not a valid JWT");
}

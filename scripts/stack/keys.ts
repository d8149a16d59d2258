/**
 * The keys of every local stack: the ones that `supabase start` uses too, so that a client set up
 * for one works with the other. They are public and good for development only.
 */
export const developmentKeys = {
  publishableKey: "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH",
  secretKey: "sb_secret_N7UND0UgjKTVK-Uodkm0Hg_xSvEMPvz",
  jwtSecret: "super-secret-jwt-token-with-at-least-32-characters-long",
} as const;

/** The key id in the JOSE header of access tokens. */
export const signingKeyId = "local-development-hs256";

export interface StackKeys {
  publishableKey: string;
  secretKey: string;
  jwtSecret: string;
}

/** The JSON Web Key Set with which functions verify access tokens: the one symmetric key. */
export function jsonWebKeySet(jwtSecret: string): { keys: Record<string, unknown>[] } {
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(jwtSecret)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return {
    keys: [{ kty: "oct", k: encoded, alg: "HS256", kid: signingKeyId, key_ops: ["verify"] }],
  };
}

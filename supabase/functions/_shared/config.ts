import { z } from "@hono/zod-openapi";

/** What a function needs to know, read once when it starts. */
export interface FunctionConfig {
  readonly supabase: {
    /** Address of the project as the function reaches it. */
    readonly url: string;
    /** Name → publishable key; the one called `default` is used. */
    readonly publishableKeys: Record<string, string>;
    /** The keys that user tokens are verified with, or where to fetch them. */
    readonly jwks: KeySet | URL;
  };
  /** Origins browsers may call from, or `*` for any. */
  readonly allowedOrigins: "*" | readonly string[];
}

/** The environment is incomplete or malformed; the message names every variable to mend. */
export class ConfigurationError extends Error {
  constructor(problems: readonly string[]) {
    super(`The function cannot start:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.name = "ConfigurationError";
  }
}

const KeySetSchema = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })).min(1),
});

/** A JSON Web Key Set of which every key has a `kid`. */
export type KeySet = z.infer<typeof KeySetSchema>;

const NamedKeys = z.record(z.string(), z.string().min(1)).refine((keys) => "default" in keys);

type Environment = Record<string, string | undefined>;

/**
 * Reads the configuration from environment variables: those of the platform, and
 * `CORS_ALLOWED_ORIGINS` (comma-separated origins, or `*`, the default).
 *
 * @throws {ConfigurationError} naming everything that is missing or malformed, but no value of it.
 */
export function readConfig(environment: Environment): FunctionConfig {
  const problems: string[] = [];
  const url = readUrl(environment, problems);
  const publishableKeys = readPublishableKeys(environment, problems);
  const jwks = readJwks(environment, url, problems);
  const allowedOrigins = readAllowedOrigins(environment, problems);
  if (problems.length > 0 || url === null || publishableKeys === null || jwks === null) {
    throw new ConfigurationError(problems);
  }
  return { supabase: { url, publishableKeys, jwks }, allowedOrigins };
}

function readUrl(environment: Environment, problems: string[]): string | null {
  const value = environment.SUPABASE_URL?.trim();
  if (!value) {
    problems.push("SUPABASE_URL is not set; it is the address of the Supabase project.");
    return null;
  }
  if (parseHttpUrl(value) === null) {
    problems.push("SUPABASE_URL is not an http(s) address.");
    return null;
  }
  return value.replace(/\/+$/, "");
}

function readPublishableKeys(
  environment: Environment,
  problems: string[],
): Record<string, string> | null {
  const named = environment.SUPABASE_PUBLISHABLE_KEYS?.trim();
  if (named) {
    const keys = NamedKeys.safeParse(parseJson(named));
    if (keys.success) return keys.data;
    problems.push(
      'SUPABASE_PUBLISHABLE_KEYS is not a JSON object of names and keys with a "default" in it.',
    );
    return null;
  }
  // Projects that have not moved to named keys yet have one of these two.
  const single = environment.SUPABASE_PUBLISHABLE_KEY?.trim() ||
    environment.SUPABASE_ANON_KEY?.trim();
  if (single) return { default: single };
  problems.push('SUPABASE_PUBLISHABLE_KEYS is not set; expected {"default": "sb_publishable_…"}.');
  return null;
}

/**
 * Without keys no token can be verified, and every caller would seem to have a bad one: so a
 * missing or unusable key set is refused at the start.
 */
function readJwks(
  environment: Environment,
  projectUrl: string | null,
  problems: string[],
): KeySet | URL | null {
  const inline = environment.SUPABASE_JWKS?.trim();
  if (inline) {
    const parsed = parseJson(inline);
    const keySet = KeySetSchema.safeParse(Array.isArray(parsed) ? { keys: parsed } : parsed);
    if (keySet.success) return keySet.data;
    problems.push(
      'SUPABASE_JWKS is not a JSON Web Key Set with at least one key that has a "kid".',
    );
    return null;
  }
  const explicit = environment.SUPABASE_JWKS_URL?.trim();
  const address = explicit || (projectUrl && `${projectUrl}/auth/v1/.well-known/jwks.json`);
  if (!address) {
    problems.push(
      "SUPABASE_JWKS is not set; it holds the keys that access tokens are signed with.",
    );
    return null;
  }
  const url = parseHttpUrl(address);
  if (url !== null && (url.protocol === "https:" || isLoopback(url.hostname))) return url;
  problems.push(
    explicit
      ? "SUPABASE_JWKS_URL is not an https address (http only for this machine)."
      : "SUPABASE_JWKS is not set, and keys are not fetched from SUPABASE_URL over plain http.",
  );
  return null;
}

function readAllowedOrigins(
  environment: Environment,
  problems: string[],
): FunctionConfig["allowedOrigins"] {
  const value = environment.CORS_ALLOWED_ORIGINS?.trim();
  if (!value || value === "*") return "*";
  const origins = value.split(",").map((origin) => origin.trim()).filter((origin) => origin !== "");
  for (const origin of origins) {
    // The address of an app shell (capacitor://localhost) is an origin too, so any scheme goes.
    if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s*]+$/i.test(origin)) continue;
    problems.push(
      `CORS_ALLOWED_ORIGINS holds ${JSON.stringify(origin)}, which is no origin: ` +
        "expected * or a comma-separated list such as https://app.example.com.",
    );
  }
  return origins;
}

function parseHttpUrl(text: string): URL | null {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

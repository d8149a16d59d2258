import { join } from "node:path";
import { parseEnv } from "node:util";
import { isNotFound } from "../errors.ts";
import { jsonWebKeySet } from "../keys.ts";
import { warn } from "../report.ts";
import type { Endpoints } from "../state.ts";
import { functionsFolder } from "./discover.ts";

/**
 * The environment of a function's process: what the platform sets, the project's own
 * `supabase/functions/.env`, and what Deno itself needs. Nothing else of this process's
 * environment.
 */
export async function functionEnvironment(
  projectDir: string,
  endpoints: Endpoints,
  secrets: Record<string, string>,
): Promise<Record<string, string>> {
  return {
    ...inherited(),
    ...withoutReserved(secrets, "config.toml"),
    ...withoutReserved(await readEnvFile(projectDir), "supabase/functions/.env"),
    SUPABASE_URL: endpoints.API_URL,
    SUPABASE_DB_URL: endpoints.DB_URL,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: endpoints.PUBLISHABLE_KEY }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: endpoints.SECRET_KEY }),
    SUPABASE_JWKS: JSON.stringify(jsonWebKeySet(endpoints.JWT_SECRET)),
    // The older names; on the platform they hold JSON Web Tokens of the same rights.
    SUPABASE_ANON_KEY: endpoints.PUBLISHABLE_KEY,
    SUPABASE_SERVICE_ROLE_KEY: endpoints.SECRET_KEY,
  };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Deno.env.toObject()).filter(([name]) =>
      name === "PATH" || name === "HOME" || name === "NO_COLOR" || name.startsWith("DENO_")
    ),
  );
}

function withoutReserved(values: Record<string, string>, source: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith("SUPABASE_")) {
      warn(`${source}: ${name} is left out: names that begin with SUPABASE_ are the platform's.`);
    } else kept[name] = value;
  }
  return kept;
}

async function readEnvFile(projectDir: string): Promise<Record<string, string>> {
  try {
    const text = await Deno.readTextFile(join(functionsFolder(projectDir), ".env"));
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(parseEnv(text))) {
      if (value !== undefined) values[name] = value;
    }
    return values;
  } catch (error) {
    if (isNotFound(error)) return {};
    throw error;
  }
}

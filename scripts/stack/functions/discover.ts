import { isAbsolute, join, relative } from "node:path";
import type { StackConfig } from "../config.ts";
import { isNotFound, StackError } from "../errors.ts";
import { exists } from "../folder.ts";

/** An edge function of the project. */
export interface EdgeFunction {
  name: string;
  /** Absolute path of its index.ts. */
  entrypoint: string;
  /** Whether the gateway asks for an access token or API key before it passes a request on. */
  verifyJwt: boolean;
}

/** The folder that holds the project's functions. */
export function functionsFolder(projectDir: string): string {
  return join(projectDir, "supabase", "functions");
}

/**
 * The functions to serve: each folder with an index.ts whose name does not begin with `_` or `.`,
 * and those that config.toml gives an entrypoint.
 *
 * @throws StackError if config.toml names an entrypoint that is not there
 */
export async function discoverFunctions(
  projectDir: string,
  config: StackConfig,
): Promise<EdgeFunction[]> {
  if (!config.edge_runtime.enabled) return [];
  const folder = functionsFolder(projectDir);
  const names = new Set<string>();
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (/^[_.]/.test(entry.name) || entry.isFile) continue;
      if (await exists(join(folder, entry.name, "index.ts"))) names.add(entry.name);
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  for (const [name, { entrypoint }] of Object.entries(config.functions)) {
    if (entrypoint) names.add(name);
  }

  const found: EdgeFunction[] = [];
  for (const name of [...names].sort()) {
    const settings = config.functions[name];
    if (settings?.enabled === false) continue;
    const entrypoint = settings?.entrypoint
      ? fromSupabaseFolder(projectDir, settings.entrypoint)
      : join(folder, name, "index.ts");
    if (!await exists(entrypoint)) {
      throw new StackError(
        `config.toml: functions.${name}.entrypoint: there is no ${
          relative(Deno.cwd(), entrypoint)
        }.`,
      );
    }
    found.push({ name, entrypoint, verifyJwt: settings?.verify_jwt ?? true });
  }
  return found;
}

function fromSupabaseFolder(projectDir: string, path: string): string {
  return isAbsolute(path) ? path : join(projectDir, "supabase", path);
}

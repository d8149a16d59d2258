import { createHash } from "node:crypto";
import { basename, dirname, join, matchesGlob, relative } from "node:path";
import { isNotFound, StackError } from "../errors.ts";
import type { Database } from "./connect.ts";
import { applyFile } from "./script.ts";

/** What a run over the seed files came to. */
export interface SeedResult {
  applied: string[];
  total: number;
  warnings: string[];
}

/**
 * Runs the seed files that have not run on this database, each in one transaction, and records
 * them where the Supabase CLI looks.
 *
 * @param database connected as postgres
 * @param patterns config.toml's db.seed.sql_paths, relative to the folder supabase
 * @throws StackError with file, line and the server's message
 */
export async function applySeed(
  database: Database,
  projectDir: string,
  patterns: readonly string[],
): Promise<SeedResult> {
  const rows = await database<{ path: string; hash: string }[]>`
    select path, hash from supabase_migrations.seed_files
  `;
  const recorded = new Map(rows.map((row) => [row.path, row.hash]));
  const result: SeedResult = { applied: [], total: 0, warnings: [] };
  for (const path of await seedFiles(join(projectDir, "supabase"), patterns)) {
    const name = relative(projectDir, path);
    const hash = createHash("sha256").update(await Deno.readFile(path)).digest("hex");
    const before = recorded.get(name);
    result.total++;
    if (before === undefined) {
      await applyFile(database, path, (transaction) =>
        transaction`
          insert into supabase_migrations.seed_files (path, hash) values (${name}, ${hash})
        `);
      result.applied.push(name);
    } else if (before !== hash) {
      result.warnings.push(`${name} has changed since it was applied (--reset applies it anew).`);
    }
  }
  return result;
}

async function seedFiles(folder: string, patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of patterns) {
    const path = join(folder, pattern);
    const matches: string[] = [];
    try {
      for await (const entry of Deno.readDir(dirname(path))) {
        if (!entry.isDirectory && matchesGlob(entry.name, basename(path))) {
          matches.push(join(dirname(path), entry.name));
        }
      }
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
    if (matches.length === 0 && !/[*?\[{]/.test(pattern) && pattern !== "./seed.sql") {
      throw new StackError(`config.toml: db.seed.sql_paths: there is no ${pattern}.`);
    }
    found.push(...matches.sort().filter((match) => !found.includes(match)));
  }
  return found;
}

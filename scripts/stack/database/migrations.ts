import { join, relative } from "node:path";
import { isNotFound, StackError } from "../errors.ts";
import type { Database } from "./connect.ts";
import { applyFile } from "./script.ts";
import { splitStatements } from "./split.ts";

/** A file of supabase/migrations. */
export interface Migration {
  version: string;
  name: string;
  path: string;
}

/** What a run over the migrations came to. */
export interface MigrationResult {
  applied: Migration[];
  total: number;
  /** Sentences about what is not as the files say. */
  warnings: string[];
}

/**
 * The project's migrations in the order in which they are applied.
 *
 * @throws StackError if a file is not named `<timestamp>_<name>.sql` or two share a version
 */
export async function listMigrations(projectDir: string): Promise<Migration[]> {
  const folder = join(projectDir, "supabase", "migrations");
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory && entry.name.endsWith(".sql")) names.push(entry.name);
    }
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  const migrations = names.sort().map((fileName) => {
    const path = join(folder, fileName);
    const parts = /^(\d+)_(.+)\.sql$/.exec(fileName);
    if (!parts) {
      throw new StackError(
        `${relative(Deno.cwd(), path)}: a migration is named <timestamp>_<name>.sql.`,
      );
    }
    return { version: parts[1]!, name: parts[2]!, path };
  });
  const seen = new Map<string, Migration>();
  for (const migration of migrations) {
    const other = seen.get(migration.version);
    if (other) {
      throw new StackError(
        `${relative(Deno.cwd(), migration.path)} has the version of ${
          relative(Deno.cwd(), other.path)
        }: each migration needs its own timestamp.`,
      );
    }
    seen.set(migration.version, migration);
  }
  return migrations;
}

/**
 * Applies what has not been applied, each file in one transaction of its own, and records it where
 * the Supabase CLI looks.
 *
 * @param database connected as postgres
 * @throws StackError with file, line and the server's message; what came before stays applied
 */
export async function applyMigrations(
  database: Database,
  projectDir: string,
): Promise<MigrationResult> {
  const migrations = await listMigrations(projectDir);
  const recorded = await recordedMigrations(database);
  const pending = migrations.filter(({ version }) => !recorded.has(version));
  refuseOutOfOrder(pending, [...recorded.keys()]);

  for (const migration of pending) {
    await applyFile(database, migration.path, (transaction, statements) =>
      transaction`
        insert into supabase_migrations.schema_migrations (version, name, statements)
        values (${migration.version}, ${migration.name}, ${statements})
      `);
  }
  return {
    applied: pending,
    total: migrations.length,
    warnings: await compare(migrations, recorded),
  };
}

/**
 * What a database has that the migrations do not make, and what it lacks of them: one sentence each,
 * none if it is exactly what they make.
 *
 * @param database connected as postgres
 * @throws StackError as `listMigrations`
 */
export async function migrationDrift(database: Database, projectDir: string): Promise<string[]> {
  const migrations = await listMigrations(projectDir);
  const recorded = await recordedMigrations(database);
  const missing = migrations.filter(({ version }) => !recorded.has(version));
  return [
    ...missing.map(({ path }) => `${relative(Deno.cwd(), path)} has not been applied.`),
    ...await compare(migrations, recorded),
  ];
}

/** The statements of each applied migration, by version. */
async function recordedMigrations(database: Database): Promise<Map<string, string[] | null>> {
  const rows = await database<{ version: string; statements: string[] | null }[]>`
    select version, statements from supabase_migrations.schema_migrations order by version
  `;
  return new Map(rows.map((row) => [row.version, row.statements]));
}

function refuseOutOfOrder(pending: Migration[], recorded: string[]): void {
  const latest = recorded.sort().at(-1);
  const early = latest ? pending.filter(({ version }) => version < latest) : [];
  if (early.length === 0) return;
  throw new StackError(
    `These migrations come before ${latest}, which is already applied:\n` +
      early.map(({ path }) => `  ${relative(Deno.cwd(), path)}`).join("\n") +
      `\nGive them later timestamps, or start again from nothing with --reset.`,
  );
}

async function compare(
  migrations: Migration[],
  recorded: Map<string, string[] | null>,
): Promise<string[]> {
  const warnings: string[] = [];
  const known = new Set(migrations.map(({ version }) => version));
  for (const version of recorded.keys()) {
    if (!known.has(version)) {
      warnings.push(
        `Migration ${version} is applied but has no file any more (--reset forgets it).`,
      );
    }
  }
  for (const { version, path } of migrations) {
    const statements = recorded.get(version);
    if (!statements) continue;
    const now = splitStatements(await Deno.readTextFile(path)).map(({ text }) => text);
    if (now.join("\n;\n") !== statements.join("\n;\n")) {
      warnings.push(
        `${relative(Deno.cwd(), path)} has changed since it was applied (--reset applies it anew).`,
      );
    }
  }
  return warnings;
}

import type { StackConfig } from "../config.ts";
import type { Options } from "../options.ts";
import { step, warn } from "../report.ts";
import type { Person } from "../state.ts";
import { bootstrap } from "./bootstrap.ts";
import { connect, type Login } from "./connect.ts";
import { applyMigrations } from "./migrations.ts";
import { seededPeople } from "./people.ts";
import type { Secrets } from "./secrets.ts";
import { applySeed } from "./seed.ts";

/** What signs in as the project's own role. */
export function projectLogin(port: number): Login {
  return { port, user: "postgres", password: "postgres" };
}

/**
 * Brings a running server's database to what the project's files say: the platform's own part,
 * migrations, seed.
 *
 * @param superuser signs in as the cluster's superuser
 * @returns the people of the seed
 * @throws StackError if a file fails or `signal` aborts between two files
 */
export async function prepareDatabase(
  options: Options,
  config: StackConfig,
  superuser: Login,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<Person[]> {
  await step("Platform's roles and schemas", async () => {
    const platform = connect(superuser);
    try {
      await bootstrap(platform, secrets, config.api.auto_expose_new_tables);
    } finally {
      await platform.end();
    }
  });

  signal.throwIfAborted();
  const project = connect(projectLogin(superuser.port));
  try {
    if (config.db.migrations.enabled) {
      const { warnings } = await step(
        "Migrations",
        () => applyMigrations(project, options.projectDir),
        ({ applied, total }) =>
          total === 0
            ? "Migrations: there are none"
            : applied.length === 0
            ? `Migrations: all ${total} applied already`
            : `Migrations: ${applied.length} of ${total} applied`,
      );
      warnings.forEach(warn);
    }

    signal.throwIfAborted();
    if (config.db.seed.enabled && options.seed) {
      const { warnings } = await step(
        "Seed",
        () => applySeed(project, options.projectDir, config.db.seed.sql_paths),
        ({ applied, total }) =>
          total === 0
            ? "Seed: there is none"
            : applied.length === 0
            ? "Seed: applied already"
            : `Seed: ${applied.join(", ")}`,
      );
      warnings.forEach(warn);
    }
    return await seededPeople(project);
  } finally {
    await project.end();
  }
}

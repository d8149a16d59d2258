import { join } from "node:path";
import { isNotFound, StackError } from "./errors.ts";

/** The paths inside a data folder. */
export interface DataFolder {
  root: string;
  lock: string;
  state: string;
  /** Generated passwords of the roles that belong to the platform, not to the project. */
  secrets: string;
  /** Says where the database is if it cannot be here. */
  place: string;
  database: string;
  databaseLog: string;
}

/** The paths inside the data folder at `root`. Creates nothing. */
export function dataFolderAt(root: string): DataFolder {
  return {
    root,
    lock: join(root, "lock"),
    state: join(root, "state.json"),
    secrets: join(root, "secrets.json"),
    place: join(root, "place.json"),
    database: join(root, "database"),
    databaseLog: join(root, "postgres.log"),
  };
}

/**
 * Creates the data folder if it is absent.
 *
 * @throws StackError if it cannot be created or written to
 */
export async function createDataFolder(folder: DataFolder): Promise<void> {
  try {
    if (!await exists(folder.root)) {
      await Deno.mkdir(folder.root, { recursive: true });
      // The user that PostgreSQL runs as has to pass through, whatever the umask.
      await Deno.chmod(folder.root, 0o755);
    }
    const probe = await Deno.makeTempFile({ dir: folder.root, prefix: "writable-" });
    await Deno.remove(probe);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StackError(
      `The data folder ${folder.root} cannot be used: ${why}\n` +
        `If it belongs to another user, start as that user or pass --data-dir.`,
    );
  }
}

/** Whether something exists at the path. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** The parsed contents of a JSON file, or undefined if it is absent or not JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (isNotFound(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Writes a JSON file in one step: a reader sees the old or the new contents, never half. */
export async function writeJson(path: string, value: unknown, mode: number): Promise<void> {
  const temporary = `${path}.${Deno.pid}`;
  await Deno.writeTextFile(temporary, JSON.stringify(value, null, 2) + "\n", { mode });
  await Deno.chmod(temporary, mode);
  await Deno.rename(temporary, path);
}

import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { isNotFound, StackError } from "../errors.ts";
import { type DataFolder, exists, readJson, writeJson } from "../folder.ts";
import { type Account, accountForPostgres, commandAs } from "./account.ts";
import {
  completeInstallation,
  copyInstallation,
  findInstallation,
  type Installation,
} from "./installation.ts";

/** Where PostgreSQL and its data are, and as whom it runs. */
export interface Place {
  installation: Installation;
  /** undefined: as the user who started the stack. */
  account: Account | undefined;
  /** PGDATA. */
  database: string;
  log: string;
}

const elsewhereSchema = z.object({ elsewhere: z.string() });
const elsewhereParent = "/var/tmp";
/** Names, in a folder below /var/tmp, what it is for. */
const originFile = "belongs-to";

/**
 * Decides where PostgreSQL runs. Normally the database is in the data folder and the programs are
 * in node_modules. Started by root below a folder that only root may enter, both move to a folder
 * below /var/tmp that only PostgreSQL's user may enter; the data folder remembers which.
 *
 * @throws StackError if there is no place or no user for it
 */
export async function preparePlace(folder: DataFolder): Promise<Place> {
  const found = await findInstallation();
  const remembered = elsewhereSchema.safeParse(await readJson(folder.place)).data?.elsewhere;
  const existing = remembered ? join(remembered, "database") : folder.database;
  const account = await accountForPostgres(await ownerOf(existing));
  await assertOwnDatabase(existing, account);

  if (!account) {
    return {
      account,
      installation: await writableInstallation(found, join(folder.root, "postgresql")),
      database: folder.database,
      log: folder.databaseLog,
    };
  }

  const installation = await canRun(account, found)
    ? await writableInstallation(found, join(folder.root, "postgresql"))
    : await copyInstallation(found, await reachableCopyPath(found, account));
  if (!remembered && await makeEnterable(account, folder.root)) {
    return { account, installation, database: folder.database, log: folder.databaseLog };
  }
  const elsewhere = remembered && await exists(remembered)
    ? remembered
    : await createElsewhere(folder, account);
  return {
    account,
    installation,
    database: join(elsewhere, "database"),
    log: join(elsewhere, "postgres.log"),
  };
}

/** Deletes the database wherever it is. The data folder's other files stay. */
export async function removeDatabase(folder: DataFolder): Promise<void> {
  const remembered = elsewhereSchema.safeParse(await readJson(folder.place)).data?.elsewhere;
  for (
    const path of [
      ...(remembered?.startsWith(`${elsewhereParent}/`) ? [remembered] : []),
      folder.database,
      `${folder.database}.new`,
      folder.databaseLog,
      folder.place,
    ]
  ) {
    await Deno.remove(path, { recursive: true }).catch((error) => {
      if (!isNotFound(error)) throw error;
    });
  }
}

async function ownerOf(path: string): Promise<number | undefined> {
  try {
    return (await Deno.stat(path)).uid ?? undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function assertOwnDatabase(path: string, account: Account | undefined): Promise<void> {
  const owner = await ownerOf(path);
  if (account || owner === undefined || owner === Deno.uid()) return;
  throw new StackError(
    `The database in ${path} belongs to another user (uid ${owner}), most likely because root ` +
      `started the stack before.\nStart it as root again, or pass another --data-dir.`,
  );
}

/** The installation itself where it is or can be made complete, else a copy in the data folder. */
async function writableInstallation(found: Installation, copy: string): Promise<Installation> {
  try {
    await completeInstallation(found);
    return found;
  } catch (error) {
    const readOnly = error instanceof Deno.errors.PermissionDenied ||
      (error instanceof Error && "code" in error && error.code === "EROFS");
    if (!readOnly) throw error;
    return await copyInstallation(found, `${copy}-${found.version}`);
  }
}

async function canRun(account: Account, installation: Installation): Promise<boolean> {
  const postgres = join(installation.native, "bin", "postgres");
  const script = 'test -r "$1/share/postgresql/postgres.bki" && exec "$0" --version';
  return (await commandAs(account, "/bin/sh", {
    args: ["-c", script, postgres, installation.native],
  }).output()).success;
}

async function canEnter(account: Account, path: string): Promise<boolean> {
  return (await commandAs(account, "/bin/sh", { args: ["-c", 'cd "$0"', path] }).output()).success;
}

/** Lets the account pass through the data folder, but not look into it, if that is all it takes. */
async function makeEnterable(account: Account, folder: string): Promise<boolean> {
  if (await canEnter(account, folder)) return true;
  const { mode, uid } = await Deno.stat(folder);
  if (mode === null || uid !== Deno.uid() || (mode & 0o011) === 0o011) return false;
  await Deno.chmod(folder, (mode & 0o777) | 0o011);
  if (await canEnter(account, folder)) return true;
  await Deno.chmod(folder, mode & 0o777);
  return false;
}

function namePrefix(kind: "data" | "programs"): string {
  return `embedded-stack-${kind}-`;
}

function nameFor(kind: "data" | "programs", path: string): string {
  return namePrefix(kind) + createHash("sha256").update(path).digest("hex").slice(0, 16);
}

/** A folder for copies of the programs, one for each checkout. */
async function reachableCopyPath(found: Installation, account: Account): Promise<string> {
  const parent = join(elsewhereParent, nameFor("programs", found.native));
  await createPrivateFolder(parent, account);
  await Deno.writeTextFile(join(parent, originFile), found.native);
  return join(parent, `postgresql-${found.version}`);
}

async function createElsewhere(folder: DataFolder, account: Account): Promise<string> {
  const elsewhere = join(elsewhereParent, nameFor("data", folder.root));
  // Whatever is there belonged to a data folder that is gone.
  await assertOwnFolder(elsewhere, account);
  await Deno.remove(elsewhere, { recursive: true }).catch(() => {});
  await removeForsaken();
  await createPrivateFolder(elsewhere, account);
  await Deno.writeTextFile(join(elsewhere, originFile), folder.root);
  await writeJson(folder.place, { elsewhere }, 0o644);
  return elsewhere;
}

/** Deletes what is below /var/tmp for checkouts and data folders that somebody has deleted. */
async function removeForsaken(): Promise<void> {
  for await (const entry of Deno.readDir(elsewhereParent)) {
    const kind = (["data", "programs"] as const).find((kind) =>
      entry.name.startsWith(namePrefix(kind))
    );
    if (!entry.isDirectory || !kind) continue;
    const path = join(elsewhereParent, entry.name);
    const origin = await Deno.readTextFile(join(path, originFile)).catch(() => "");
    if (origin !== "" && !await exists(origin)) await Deno.remove(path, { recursive: true });
  }
}

async function createPrivateFolder(path: string, account: Account): Promise<void> {
  try {
    await Deno.mkdir(path, { mode: 0o700 });
    await Deno.chown(path, account.uid, account.gid);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  }
  await assertOwnFolder(path, account);
}

/** Names below /var/tmp can be guessed: do not use what someone else put there. */
async function assertOwnFolder(path: string, account: Account): Promise<void> {
  if (!await exists(path)) return;
  const found = await Deno.lstat(path);
  if (found.isDirectory && (found.uid === account.uid || found.uid === 0)) return;
  throw new StackError(`${path} is in the way: it does not belong to ${account.name}. Remove it.`);
}

import { join } from "node:path";
import { isNotFound, StackError } from "../errors.ts";
import { exists } from "../folder.ts";
import { commandAs } from "./account.ts";
import type { Place } from "./place.ts";

/** The superuser: the platform's, not the project's. */
export const superuser = "supabase_admin";

/**
 * Creates the database cluster if there is none. A cluster only half created, because the stack
 * was killed meanwhile, is thrown away: the folder gets its name when it is complete.
 *
 * @returns whether it was created
 * @throws StackError with initdb's message if that fails
 */
export async function createCluster(place: Place, superuserPassword: string): Promise<boolean> {
  if (await exists(join(place.database, "PG_VERSION"))) return false;
  const unfinished = `${place.database}.new`;
  await Deno.remove(unfinished, { recursive: true }).catch(() => {});
  await Deno.mkdir(unfinished, { mode: 0o700 });

  const passwordFile = `${unfinished}.password`;
  await Deno.writeTextFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (place.account) {
    await Deno.chown(unfinished, place.account.uid, place.account.gid);
    await Deno.chown(passwordFile, place.account.uid, place.account.gid);
  }
  try {
    const { success, stderr } = await commandAs(
      place.account,
      join(place.installation.native, "bin", "initdb"),
      {
        args: [
          `--pgdata=${unfinished}`,
          `--username=${superuser}`,
          `--pwfile=${passwordFile}`,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--locale-provider=icu",
          "--icu-locale=en-US",
          "--no-instructions",
          "--no-sync",
        ],
      },
    ).output();
    if (!success) {
      throw new StackError(`initdb failed:\n${new TextDecoder().decode(stderr).trim()}`);
    }
  } finally {
    await Deno.remove(passwordFile);
  }
  await Deno.rename(unfinished, place.database);
  return true;
}

/** What a postmaster says about itself in its data folder. */
export interface PostmasterFile {
  pid: number;
  port: number;
  ready: boolean;
}

/** Reads postmaster.pid; undefined if there is none or it is still being written. */
export async function readPostmasterFile(database: string): Promise<PostmasterFile | undefined> {
  let lines: string[];
  try {
    lines = (await Deno.readTextFile(join(database, "postmaster.pid"))).split("\n");
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

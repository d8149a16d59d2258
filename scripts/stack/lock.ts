import { isNotFound } from "./errors.ts";

/**
 * Holds the data folder for this process. The operating system lets go of it when the process
 * ends, however it ends, so a lock never outlives its holder.
 *
 * @returns the release function, or undefined if another process holds the folder
 */
export async function acquireLock(path: string): Promise<(() => void) | undefined> {
  const file = await Deno.open(path, { create: true, write: true, read: true }).catch((error) => {
    // Left behind by another user: reading is enough for a lock.
    if (error instanceof Deno.errors.PermissionDenied) return Deno.open(path, { read: true });
    throw error;
  });
  // `isHeld` takes the lock for an instant; wait for that rather than report a second start.
  for (let attempt = 0; attempt < 10; attempt++) {
    if (await file.tryLock(true)) return () => file.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  file.close();
  return undefined;
}

/** Whether a process holds the data folder now. */
export async function isHeld(path: string): Promise<boolean> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { read: true });
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
  try {
    return !await file.tryLock(false);
  } finally {
    file.close();
  }
}

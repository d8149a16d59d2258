import { StackError } from "../errors.ts";

/** A user of the operating system. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * The user that PostgreSQL, which refuses to run as root, has to run as.
 *
 * @param owner uid of an existing database folder's owner, who is kept
 * @returns undefined where it runs as the user who started the stack
 * @throws StackError if root started the stack and there is no such user
 */
export async function accountForPostgres(owner?: number): Promise<Account | undefined> {
  if (Deno.uid() !== 0) return undefined;
  if (owner !== undefined && owner !== 0) return await accountByName(String(owner));
  for (const name of ["postgres", "nobody"]) {
    const account = await accountByName(name);
    if (account) return account;
  }
  throw new StackError(
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor a user " +
      "nobody that it could run as. Start the stack as an ordinary user.",
  );
}

async function accountByName(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([numberFrom("-u", name), numberFrom("-g", name)]);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
}

async function numberFrom(flag: string, name: string): Promise<number | undefined> {
  const { success, stdout } = await new Deno.Command("id", {
    args: [flag, name],
    stdout: "piped",
    stderr: "null",
  }).output();
  const text = new TextDecoder().decode(stdout).trim();
  return success && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Runs a command as the account, without this process's environment. */
export function commandAs(
  account: Account | undefined,
  executable: string,
  options: { args: string[]; env?: Record<string, string> },
): Deno.Command {
  return new Deno.Command(executable, {
    args: options.args,
    cwd: "/",
    clearEnv: true,
    env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
  });
}

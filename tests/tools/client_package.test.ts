import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkout, denoExecutable } from "../setup/command.ts";

// The client as an application gets it: packed, installed somewhere else without a network, and used
// from there. What it says in its README is what the examples are.

const run = promisify(execFile);
const NAME = "@live-workout-together/client";
const inCheckout = (...names: string[]) => join(checkout, ...names);

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "client-package-"));
  await run("npm", ["pack", "--pack-destination", folder], { cwd: inCheckout("client") });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  const installed = join(folder, "node_modules", NAME);
  await mkdir(installed, { recursive: true });
  await run("tar", ["-xzf", join(folder, tarball!), "-C", installed, "--strip-components=1"]);
  await link("@supabase");
  await link("zustand");
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }');
  await cp(inCheckout("client", "examples"), join(folder, "examples"), { recursive: true });
  files = (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1))
    .sort();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Installs what is installed here. */
async function link(name: string): Promise<void> {
  await symlink(inCheckout("node_modules", name), join(folder, "node_modules", name));
}

async function contents(pattern: RegExp): Promise<[string, string][]> {
  return await Promise.all(
    files.filter((file) => pattern.test(file)).map(async (file) =>
      [
        file,
        await readFile(join(folder, "node_modules", NAME, file), "utf8"),
      ] as [string, string]
    ),
  );
}

/** Checks files of the folder with strict TypeScript; what it has to say. */
async function compile(names: readonly string[], options: object = {}): Promise<string> {
  const project = join(folder, "tsconfig.json");
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    module: "ESNext",
    moduleResolution: "Bundler",
    jsx: "react-jsx",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    // supabase-js has declarations of its own that want Node's.
    skipLibCheck: true,
    ...options,
  };
  await writeFile(project, JSON.stringify({ compilerOptions, files: names }));
  try {
    await run(inCheckout("node_modules", ".bin", "tsc"), ["-p", project]);
    return "";
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe("the package", () => {
  it("has what it needs and nothing else", () => {
    const others = files.filter((file) => !file.startsWith("dist/client/src/"));
    expect(others).toEqual(["LICENSE", "README.md", "package.json"]);
    const built = files.filter((file) => file.startsWith("dist/"));
    for (const file of built) expect(file).toMatch(/\.(js|d\.ts)$/);
    expect(built.filter((file) => /test|testing/.test(file))).toEqual([]);
    for (const file of built.filter((each) => each.endsWith(".js"))) {
      expect(built).toContain(file.replace(/\.js$/, ".d.ts"));
    }
    expect(built).toContain("dist/client/src/index.js");
  });

  it("imports what is in it, and what it depends on", async () => {
    const specifiers = new Set<string>();
    for (const [file, text] of await contents(/\.(js|d\.ts)$/)) {
      for (const [, specifier] of text.matchAll(/\b(?:from |import\(|import )"([^"]+)"/g)) {
        if (!specifier!.startsWith(".")) specifiers.add(specifier!);
        else expect(files, file).toContain(join(file, "..", specifier!));
      }
    }
    expect([...specifiers].sort()).toEqual(["@supabase/supabase-js", "zustand/vanilla"]);
  });

  it("asks nothing of a platform that phones do not have", async () => {
    for (const [file, text] of await contents(/\.js$/)) {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      expect(code, file).not.toMatch(/\b(Buffer|process|Deno|require)\b[.(]/);
      expect(code, file).not.toMatch(/AbortSignal\.(any|timeout)|withResolvers|structuredClone/);
    }
  });
});

describe("an application with the package", () => {
  it.each([["web", "main.ts"], ["react-native", "TrainingApp.tsx"]])(
    "compiles the %s example, strictly",
    async (name, file) => {
      const beside = (await readdir(join(folder, "examples", name)))
        .filter((each) => each.endsWith(".d.ts"));
      const names = [file, ...beside].map((each) => join("examples", name, each));
      expect(await compile(names)).toBe("");
    },
  );

  it("is told at compile time what it does wrong", async () => {
    await writeFile(
      join(folder, "wrong.ts"),
      `import { createClient } from "@supabase/supabase-js";
       import { createLiveWorkout, type LiveWorkoutError } from "${NAME}";
       const liveWorkout = createLiveWorkout(createClient("http://localhost", "key"));
       await liveWorkout.sessions.open({ mode: "alone" });
       await liveWorkout.guided.next("id", {});
       const { session } = await liveWorkout.sessions.join("id");
       session.hostID;
       declare const error: LiveWorkoutError;
       error.code === "no_such_code";
       liveWorkout.openRoom("id").logSet({ exerciseId: "squat" });`,
    );
    const said = await compile(["wrong.ts"]);
    expect([...said.matchAll(/wrong\.ts\((\d+),/g)].map(([, line]) => Number(line)))
      .toEqual([4, 5, 7, 9, 10]);
  });

  it("may have tables of its own in the types of its client", async () => {
    await writeFile(
      join(folder, "own-tables.ts"),
      `import { createClient } from "@supabase/supabase-js";
       import { createLiveWorkout } from "${NAME}";
       interface Database {
         public: {
           Tables: {
             gyms: {
               Row: { id: string }; Insert: { id: string }; Update: { id: string };
               Relationships: [];
             };
           };
           Views: Record<never, never>;
           Functions: Record<never, never>;
         };
       }
       createLiveWorkout(createClient<Database>("http://localhost", "key"));`,
    );
    expect(await compile(["own-tables.ts"])).toBe("");
    expect(await compile(["own-tables.ts"], { module: "NodeNext", moduleResolution: "NodeNext" }))
      .toBe("");
  });

  it("runs it on Node and on Deno", async () => {
    await writeFile(
      join(folder, "run.mjs"),
      `import { createClient } from "@supabase/supabase-js";
       import { createLiveWorkout, LiveWorkoutError, newId } from "${NAME}";
       globalThis.WebSocket ??= class {};
       const supabase = createClient("http://127.0.0.1:9", "key");
       const { sessions } = createLiveWorkout(supabase);
       const error = await sessions.browse().catch((error) => error);
       console.log(error instanceof LiveWorkoutError, error.code, newId().length);`,
    );
    const options = { cwd: folder };
    const onNode = await run(process.execPath, ["run.mjs"], options);
    expect(onNode.stdout).toBe("true network_error 36\n");
    const onDeno = await run(
      denoExecutable(),
      ["run", "-A", "--node-modules-dir=manual", "run.mjs"],
      options,
    );
    expect(onDeno.stdout).toBe("true network_error 36\n");
  });

  it("bundles the page for browsers", async () => {
    const { build } = await import("vite");
    const outDir = join(folder, "page");
    await build({
      root: join(folder, "examples", "web"),
      configFile: false,
      logLevel: "error",
      build: { outDir, emptyOutDir: true, minify: false },
    });
    const built = await readdir(join(outDir, "assets"));
    const [script] = built.filter((name) => name.endsWith(".js"));
    const text = await readFile(join(outDir, "assets", script!), "utf8");
    expect(text).toContain("live_session:");
    expect(text).not.toContain("node:");
  });
});

describe("the README", () => {
  it("shows the examples as they are", async () => {
    const readme = await readFile(inCheckout("client", "README.md"), "utf8");
    const shown = [...readme.matchAll(/```(?:ts|tsx|html)\n(.*?)```/gs)].map(([, text]) => text);
    for (
      const example of ["web/index.html", "web/main.ts", "react-native/TrainingApp.tsx"]
    ) {
      const source = await readFile(inCheckout("client", "examples", example), "utf8");
      expect(shown, example).toContain(source);
    }
  });
});

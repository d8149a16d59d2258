import { join } from "node:path";

// Builds the package: dist/client is what is published, dist/supabase only what it was checked with.

const IMPORT = /(\bfrom |\bimport\()"(\.{1,2}\/[^"]+)\.ts"/g;

/**
 * tsc writes ".js" into the imports of what it emits, but leaves ".ts" in those of declarations: with
 * that TypeScript finds them, Deno and others do not.
 */
async function nameDeclarations(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await nameDeclarations(path);
    else if (name.endsWith(".d.ts")) {
      const before = await Deno.readTextFile(path);
      await Deno.writeTextFile(path, before.replace(IMPORT, '$1"$2.js"'));
    }
  }
}

// What an earlier version left would be published as well.
await Deno.remove("dist", { recursive: true }).catch((error) => {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
});
const { success } = await new Deno.Command("tsc", { args: ["--build"] }).spawn().status;
if (!success) Deno.exit(1);
await nameDeclarations("dist/client");

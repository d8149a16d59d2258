import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StackError } from "../errors.ts";
import { exists } from "../folder.ts";

/**
 * Extensions that the platform lets a project create without being a superuser and that
 * PostgreSQL's own contrib does not mark as trusted.
 */
const trustedOnPlatform = [
  "autoinc",
  "bloom",
  "dblink",
  "earthdistance",
  "insert_username",
  "moddatetime",
  "pg_prewarm",
  "pg_stat_statements",
  "pg_walinspect",
  "pgrowlocks",
  "pgstattuple",
  "postgres_fdw",
  "refint",
  "sslinfo",
];

/**
 * Puts pgTAP's SQL, which PGlite's package carries, into an extension folder.
 *
 * @throws StackError if the package does not hold it
 */
export async function extractPgTap(extensions: string): Promise<void> {
  const control = join(extensions, "pgtap.control");
  if (await exists(control)) return;
  const archive = await findPgTapArchive();
  const files = readTar(await gunzip(await Deno.readFile(archive)));
  const controlText = new TextDecoder().decode(find(files, "pgtap.control"));
  const version = /default_version = '([^']+)'/.exec(controlText)?.[1];
  const script = `pgtap--${version}.sql`;
  await writeInOneStep(join(extensions, script), find(files, script));
  // The control file comes last: it is what says that pgTAP is there.
  const trusted = `${controlText.trimEnd()}\ntrusted = true\n`;
  await writeInOneStep(control, new TextEncoder().encode(trusted));
}

/** Marks as trusted what the platform lets a project create. */
export async function trustExtensions(extensions: string): Promise<void> {
  for (const name of trustedOnPlatform) {
    const path = join(extensions, `${name}.control`);
    if (!await exists(path)) continue;
    const text = await Deno.readTextFile(path);
    if (/^trusted\s*=/m.test(text)) continue;
    await writeInOneStep(path, new TextEncoder().encode(`${text.trimEnd()}\ntrusted = true\n`));
  }
}

/** The archive comes with PGlite, which comes with lite. */
async function findPgTapArchive(): Promise<string> {
  const require = createRequire(import.meta.resolve("@supabase/lite"));
  const archive = join(dirname(require.resolve("@electric-sql/pglite")), "pgtap.tar.gz");
  if (await exists(archive)) return archive;
  throw new StackError(`pgTAP is missing from the installed packages. Run "npm install".`);
}

function find(files: Map<string, Uint8Array<ArrayBuffer>>, name: string): Uint8Array<ArrayBuffer> {
  for (const [path, contents] of files) if (basename(path) === name) return contents;
  throw new StackError(`pgTAP's archive has no ${name}.`);
}

async function writeInOneStep(path: string, contents: Uint8Array<ArrayBuffer>): Promise<void> {
  const temporary = `${path}.${Deno.pid}`;
  await Deno.writeFile(temporary, contents);
  await Deno.chmod(temporary, 0o644);
  await Deno.rename(temporary, path);
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The regular files of a tar archive, by path. */
function readTar(bytes: Uint8Array<ArrayBuffer>): Map<string, Uint8Array<ArrayBuffer>> {
  const blockSize = 512;
  const decoder = new TextDecoder();
  const field = (start: number, length: number) =>
    decoder.decode(bytes.subarray(start, start + length)).split("\0")[0]!.trim();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let offset = 0; offset + blockSize <= bytes.length;) {
    const name = field(offset, 100);
    if (name === "") break;
    const size = parseInt(field(offset + 124, 12), 8);
    const type = field(offset + 156, 1);
    const start = offset + blockSize;
    if (type === "0" || type === "") files.set(name, bytes.subarray(start, start + size));
    offset = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

import { fileURLToPath } from "node:url";
import { z } from "zod";
import { entrypointOf, type FunctionName } from "./target.ts";

const graph = z.object({
  modules: z.array(z.object({ size: z.number().optional(), error: z.string().optional() })),
});

/** How much code a function is, in bytes. */
export interface Size {
  readonly bytes: number;
  readonly gzippedBytes: number | null;
  /** How that was found out. */
  readonly how: "bundle" | "modules";
}

/**
 * The size of a function with everything that it imports: bundled and minified, or, where the
 * bundler cannot be had without a network, the sum of its modules.
 */
export async function sizeOf(name: FunctionName): Promise<Size> {
  const folder = await Deno.makeTempDir({ prefix: "bench-bundle-" });
  try {
    const file = `${folder}/${name}.js`;
    const entrypoint = fileURLToPath(entrypointOf(name));
    const { success } = await deno(
      ["bundle", "--quiet", "--platform=deno", "--minify", `--output=${file}`, entrypoint],
    );
    if (!success) return await sizeOfModules(entrypoint);
    const code = await Deno.readFile(file);
    const gzipped = new Response(
      new Blob([code]).stream().pipeThrough(new CompressionStream("gzip")),
    );
    return {
      bytes: code.byteLength,
      gzippedBytes: (await gzipped.arrayBuffer()).byteLength,
      how: "bundle",
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function sizeOfModules(entrypoint: string): Promise<Size> {
  const { stdout } = await deno(["info", "--json", entrypoint]);
  const { modules } = graph.parse(JSON.parse(new TextDecoder().decode(stdout)));
  return {
    bytes: modules.reduce((sum, { size = 0 }) => sum + size, 0),
    gzippedBytes: null,
    how: "modules",
  };
}

async function deno(args: string[]): Promise<Deno.CommandOutput> {
  return await new Deno.Command(Deno.execPath(), { args }).output();
}

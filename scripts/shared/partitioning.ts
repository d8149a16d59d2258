import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkout } from "./checkout.ts";

/** The statements of supabase/scaling/partition_by_month, all files in their order: one transaction. */
export async function readPartitioning(): Promise<string> {
  const folder = join(checkout, "supabase", "scaling", "partition_by_month");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.join("\n");
}

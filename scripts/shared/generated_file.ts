import { readFile, writeFile } from "node:fs/promises";
import { firstDifference } from "./difference.ts";

/** A file that a command writes and nobody edits. */
export interface GeneratedFile {
  path: string;
  /** The path as messages name it. */
  name: string;
  /** What writes it, for messages. */
  command: string;
  /** What it is made from, for messages; "the database" unless given. */
  source?: string;
  contents: string;
}

/** What came of writing or comparing a file. */
export interface Outcome {
  ok: boolean;
  message: string;
}

/** Writes the file, unless it says the same already. */
export async function write(file: GeneratedFile): Promise<Outcome> {
  if (await current(file) === file.contents) {
    return { ok: true, message: `${file.name} is up to date.` };
  }
  await writeFile(file.path, file.contents);
  return { ok: true, message: `Wrote ${file.name}.` };
}

/** Compares the file with what it should say, and says where the two part. */
export async function check(file: GeneratedFile): Promise<Outcome> {
  const found = await current(file);
  if (found === file.contents) return { ok: true, message: `${file.name} is up to date.` };
  const remedy = `Run "${file.command}" and commit the result.`;
  if (found === undefined) {
    return { ok: false, message: `${file.name} is missing. ${remedy}` };
  }
  return {
    ok: false,
    message: `${file.name} does not match ${file.source ?? "the database"}. ${remedy}\n` +
      firstDifference(found, file.contents),
  };
}

async function current(file: GeneratedFile): Promise<string | undefined> {
  try {
    return await readFile(file.path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

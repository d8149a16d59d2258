import { z } from "zod";
import { type DataFolder, readJson, writeJson } from "../folder.ts";

const secretsSchema = z.object({
  supabaseAdmin: z.string(),
  supabaseAuthAdmin: z.string(),
  stackRest: z.string(),
});

/** The passwords of the platform's roles. The project's own role is postgres / postgres. */
export type Secrets = z.infer<typeof secretsSchema>;

/** The data folder's passwords; undefined if it has none yet. */
export async function readSecrets(folder: DataFolder): Promise<Secrets | undefined> {
  return secretsSchema.safeParse(await readJson(folder.secrets)).data;
}

/** Makes up passwords and keeps them in the data folder, readable by its owner only. */
export async function createSecrets(folder: DataFolder): Promise<Secrets> {
  const secrets = {
    supabaseAdmin: randomPassword(),
    supabaseAuthAdmin: randomPassword(),
    stackRest: randomPassword(),
  };
  await writeJson(folder.secrets, secrets, 0o600);
  return secrets;
}

function randomPassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

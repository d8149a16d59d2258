import { z } from "zod";
import type { Endpoints } from "../stack/state.ts";

/** What `supabase status -o json` says, as far as tests need it. */
const statusSchema = z.object({
  API_URL: z.url(),
  DB_URL: z.string().min(1),
  PUBLISHABLE_KEY: z.string().min(1),
  SECRET_KEY: z.string().min(1),
  JWT_SECRET: z.string().min(1),
});

/**
 * How to reach the stack that `supabase start` has started with Docker.
 *
 * @throws Error with the CLI's message if it does not run
 */
export async function supabaseEndpoints(checkout: string): Promise<Endpoints> {
  const { success, stdout, stderr } = await new Deno.Command("npx", {
    args: ["supabase", "status", "-o", "json"],
    cwd: checkout,
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(text + new TextDecoder().decode(stderr));
  const { API_URL, ...rest } = statusSchema.parse(JSON.parse(text));
  return {
    API_URL,
    FUNCTIONS_URL: `${API_URL}/functions/v1`,
    REALTIME_URL: `${API_URL.replace(/^http/, "ws")}/realtime/v1`,
    ...rest,
  };
}

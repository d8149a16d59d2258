import { z } from "zod";
import { type DataFolder, readJson, writeJson } from "./folder.ts";

const endpoints = z.object({
  API_URL: z.string(),
  FUNCTIONS_URL: z.string(),
  REALTIME_URL: z.string(),
  DB_URL: z.string(),
  PUBLISHABLE_KEY: z.string(),
  SECRET_KEY: z.string(),
  JWT_SECRET: z.string(),
});

const person = z.object({ email: z.string(), displayName: z.string(), password: z.string() });

const runningState = z.object({
  phase: z.enum(["starting", "ready"]),
  pid: z.number(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  endpoints,
  functions: z.array(z.string()),
  people: z.array(person),
});

/** What a client needs to reach a stack: the object that `status -o json` prints. */
export type Endpoints = z.infer<typeof endpoints>;
/** A seeded person who can sign in. */
export type Person = z.infer<typeof person>;
/** What a running stack says about itself in its data folder. */
export type RunningState = z.infer<typeof runningState>;

/** Publishes the state of the running stack. */
export async function writeState(folder: DataFolder, state: RunningState): Promise<void> {
  await writeJson(folder.state, state, 0o644);
}

/** The last published state, or undefined if there is none. Says nothing about who still runs. */
export async function readState(folder: DataFolder): Promise<RunningState | undefined> {
  const parsed = runningState.safeParse(await readJson(folder.state));
  return parsed.success ? parsed.data : undefined;
}

/** Takes the published state back. */
export async function removeState(folder: DataFolder): Promise<void> {
  await Deno.remove(folder.state).catch(() => {});
}

/** The URLs and keys of a stack that listens on these ports. */
export function endpointsFor(
  ports: { gateway: number; database: number },
  keys: { publishableKey: string; secretKey: string; jwtSecret: string },
): Endpoints {
  const url = `http://127.0.0.1:${ports.gateway}`;
  return {
    API_URL: url,
    FUNCTIONS_URL: `${url}/functions/v1`,
    REALTIME_URL: `ws://127.0.0.1:${ports.gateway}/realtime/v1`,
    DB_URL: `postgresql://postgres:postgres@127.0.0.1:${ports.database}/postgres`,
    PUBLISHABLE_KEY: keys.publishableKey,
    SECRET_KEY: keys.secretKey,
    JWT_SECRET: keys.jwtSecret,
  };
}

import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { SignJWT } from "jose";
import type { Sql } from "postgres";
import type { Endpoints } from "../setup/endpoints.ts";
import { withDatabase } from "../stack/support/client.ts";
import { createProject } from "../stack/support/project.ts";
import { startStack } from "../stack/support/stack.ts";
import { RawSocket } from "./raw_socket.ts";

/** A stack that a test file has for itself: its tables and limits concern nobody else. */
export interface OwnStack {
  readonly endpoints: Endpoints;
  /** Runs statements as the project's owner. */
  sql(work: (sql: Sql) => Promise<unknown>): Promise<void>;
  /** An unmodified client; without a token it has only the key, the publishable one if absent. */
  client(options?: { vsn?: string; token?: string; key?: string }): SupabaseClient;
  socket(version?: string): Promise<RawSocket>;
  /** Closes what clients and sockets opened. To be called after each test. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one, with these options and without functions. */
export async function startOwnStack(...options: string[]): Promise<OwnStack> {
  const project = createProject();
  const stack = await startStack(project, ["--no-functions", ...options]);
  const { endpoints } = stack;
  const clients: SupabaseClient[] = [];
  const sockets: RawSocket[] = [];
  return {
    endpoints,
    async sql(work) {
      await withDatabase(endpoints, work);
    },
    client({ vsn, token, key } = {}) {
      const client = createClient(endpoints.API_URL, key ?? endpoints.PUBLISHABLE_KEY, {
        auth: { persistSession: false, autoRefreshToken: false },
        realtime: vsn ? { vsn } : {},
        ...(token ? { accessToken: () => Promise.resolve(token) } : {}),
      });
      clients.push(client);
      return client;
    },
    async socket(version) {
      const socket = await RawSocket.open(version, { endpoints });
      sockets.push(socket);
      return socket;
    },
    async disconnect() {
      await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
      for (const socket of sockets.splice(0)) if (!socket.closed) await socket.close();
    },
    async stop() {
      await stack.stop();
      project.dispose();
    },
  };
}

/** Signs a token as Auth does, for somebody who need not exist. */
export async function tokenFor(
  { JWT_SECRET }: Endpoints,
  claims: { sub?: string; role?: string; expiresInSeconds?: number },
): Promise<string> {
  const { sub, role = "authenticated", expiresInSeconds = 3600 } = claims;
  const now = Math.floor(Date.now() / 1000);
  return await new SignJWT({ role, ...(sub ? { sub } : {}) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInSeconds)
    .sign(new TextEncoder().encode(JWT_SECRET));
}

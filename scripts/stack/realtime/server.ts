import type { Caller } from "./admission.ts";
import { ChangeHub } from "./changes/hub.ts";
import { Connection } from "./connection.ts";
import { openDatabase } from "./database.ts";
import { customHeaders, json } from "./http_answers.ts";
import { handleBroadcast } from "./http_broadcast.ts";
import { ApiKeyError, createKeyring } from "./keys.ts";
import { type Limits, unlimited } from "./limits/plans.ts";
import { Usage } from "./limits/usage.ts";
import { startMessagesFeed } from "./messages_feed.ts";
import { maintainPartitions } from "./partitions.ts";
import { PresenceTracker } from "./presence.ts";
import { parseVersion } from "./protocol.ts";
import { TopicRegistry } from "./registry.ts";
import type { Services } from "./services.ts";

export interface RealtimeOptions {
  /**
   * As supabase_admin or postgres: it replicates, and it decides for every role what the policies
   * say.
   */
  readonly databaseUrl: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /**
   * Whether it looks after the days' partitions, which only supabase_admin can; true unless told
   * otherwise. One server beside the stack's own leaves that to it.
   */
  readonly maintainsPartitions?: boolean;
  /** None unless given. */
  readonly limits?: Limits;
  readonly log: (line: string) => void;
}

export interface RealtimeServer {
  /** Answers requests below `/realtime/v1/`. */
  handle(request: Request): Promise<Response>;
  /** Closes every connection, to clients and to the database. */
  stop(): Promise<void>;
}

const BASE_PATH = "/realtime/v1";
const BROADCAST_PATH = "/api/broadcast";

/**
 * Starts the local Realtime server: what supabase-js expects of the platform's, fed by what is
 * committed to `realtime.messages`. Needs `sql/realtime.sql` and `wal_level = logical`. Raises
 * when the database cannot be reached or does not replicate.
 */
export async function startRealtime(options: RealtimeOptions): Promise<RealtimeServer> {
  const { databaseUrl, log } = options;
  const usage = new Usage(options.limits ?? unlimited);
  const database = openDatabase(databaseUrl);
  const registry = new TopicRegistry();
  const connections = new Set<Connection>();
  let stopMaintaining = () => {};
  let services: Services;
  try {
    if (options.maintainsPartitions ?? true) {
      stopMaintaining = await maintainPartitions(database, log);
    }
    const feed = await startMessagesFeed({
      databaseUrl,
      usage,
      log,
      onMessage: ({ topic, broadcast }) => registry.broadcast(topic, broadcast),
    });
    const presence = new PresenceTracker(registry);
    const changes = new ChangeHub({ databaseUrl, database, usage, log });
    const keyring = createKeyring(options);
    services = { keyring, database, registry, presence, feed, changes, usage, log };
  } catch (error) {
    stopMaintaining();
    await database.end();
    throw error;
  }

  return {
    async handle(request) {
      const url = new URL(request.url);
      const path = url.pathname.slice(BASE_PATH.length);
      if (path === "/websocket") return await upgrade(request, url, services, connections);
      if (path === BROADCAST_PATH || path.startsWith(`${BROADCAST_PATH}/`)) {
        const answer = await handleBroadcast(request, path.slice(BROADCAST_PATH.length), services);
        // Browsers send from pages of any origin, as on the platform.
        answer.headers.set("access-control-allow-origin", "*");
        return answer;
      }
      return json(404, { error: "Not found" });
    },
    async stop() {
      stopMaintaining();
      for (const connection of connections) connection.close();
      await Promise.all([services.feed.stop(), services.changes.stop()]);
      await database.end();
    },
  };
}

async function upgrade(
  request: Request,
  url: URL,
  services: Services,
  connections: Set<Connection>,
): Promise<Response> {
  const apiKey = request.headers.get("x-api-key") ?? url.searchParams.get("apikey");
  let caller: Caller;
  try {
    const apiKeyClaims = await services.keyring.claimsOfApiKey(apiKey);
    caller = { apiKeyClaims, headers: customHeaders(request.headers) };
  } catch (error) {
    if (error instanceof ApiKeyError) return json(401, { error: error.message });
    throw error;
  }
  const refusal = services.usage.refusalToConnect;
  if (refusal !== null) return json(429, { error: refusal });
  const version = parseVersion(url.searchParams.get("vsn"));
  if (version === null) return json(400, { error: "vsn has to be 1.0.0 or 2.0.0" });
  if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
    return json(426, { error: "Expected a WebSocket" }, { upgrade: "websocket" });
  }
  const { socket, response } = Deno.upgradeWebSocket(request);
  const connection = new Connection(socket, version, caller, services, () => {
    connections.delete(connection);
  });
  connections.add(connection);
  return response;
}

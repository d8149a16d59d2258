import { isObject, type JsonObject } from "./json.ts";

/** What a client asks for when it joins; what is missing or unreadable takes its default. */
export interface JoinConfig {
  readonly private: boolean;
  readonly ackBroadcast: boolean;
  readonly selfBroadcast: boolean;
  readonly presenceEnabled: boolean;
  readonly presenceKey: string;
  /** As sent, or undefined when no replay was asked for. */
  readonly replay: unknown;
  readonly postgresChanges: readonly JsonObject[];
  /** Answer the join only when changes come. */
  readonly waitForChanges: boolean;
  readonly accessToken: string | null;
}

/** Reads the payload of `phx_join`. A client that names no presence key gets one of its own. */
export function parseJoin(payload: JsonObject): JoinConfig {
  const config = objectAt(payload, "config");
  const broadcast = objectAt(config, "broadcast");
  const presence = objectAt(config, "presence");
  const options = objectAt(config, "postgres_changes_options");
  const changes = Array.isArray(config.postgres_changes) ? config.postgres_changes : [];
  const key = presence.key;
  return {
    private: flag(config.private),
    ackBroadcast: flag(broadcast.ack),
    selfBroadcast: flag(broadcast.self),
    presenceEnabled: flag(presence.enabled),
    presenceKey: key === undefined || key === null || key === ""
      ? crypto.randomUUID()
      : String(key),
    replay: "replay" in broadcast ? broadcast.replay : undefined,
    postgresChanges: changes.filter(isObject),
    waitForChanges: flag(options.wait),
    accessToken: typeof payload.access_token === "string" ? payload.access_token : null,
  };
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key];
  return isObject(value) ? value : {};
}

/** Some clients send booleans as words. */
function flag(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

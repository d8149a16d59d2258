import type { ChangeHub } from "./changes/hub.ts";
import type { Database } from "./database.ts";
import type { Feed } from "./feed.ts";
import type { Keyring } from "./keys.ts";
import type { Usage } from "./limits/usage.ts";
import type { PresenceTracker } from "./presence.ts";
import type { TopicRegistry } from "./registry.ts";

/** What every connection of one server shares. */
export interface Services {
  readonly keyring: Keyring;
  readonly database: Database;
  readonly registry: TopicRegistry;
  readonly presence: PresenceTracker;
  readonly feed: Feed;
  readonly changes: ChangeHub;
  readonly usage: Usage;
  readonly log: (line: string) => void;
}

import { createHash } from "node:crypto";
import { DatabaseUnavailable } from "../database.ts";
import type { JsonObject } from "../json.ts";
import type { Claims } from "../keys.ts";
import type { ChangeHub } from "./hub.ts";
import { ChangeRequestError, parseChangeRequest } from "./request.ts";
import type { ChangeReceiver, Subscription } from "./subscriptions.ts";

/** What a channel does for its subscriptions to changes. */
export interface ChangesHost {
  /** Whose rights count at this moment. */
  getClaims(): Claims;
  /** Tells the client how subscribing went. */
  report(status: "ok" | "error", message: string): void;
  /** Sends the payload of a `postgres_changes` event, which is JSON. */
  sendChange(payload: string): void;
}

const RETRY_MS = 2_000;
const UNAVAILABLE = "Realtime was unable to connect to the project database";

/** The requests with the ids that tell the client which of them a change answers. */
export function withIds(requests: readonly JsonObject[]): (JsonObject & { id: number })[] {
  return requests.map((request) => ({ ...request, id: idOf(request) }));
}

/** The subscriptions of one channel: made after it was joined, and again after a new token. */
export class ChannelChanges implements ChangeReceiver {
  #subscribed: Subscription[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Counts what was begun, so that only the latest goes on. */
  #attempt = 0;
  #stopped = false;

  constructor(
    readonly hub: ChangeHub,
    readonly requests: readonly JsonObject[],
    readonly host: ChangesHost,
  ) {}

  get claims(): Claims {
    return this.host.getClaims();
  }

  /** Subscribes to what `hub.prepare` has found good for the present claims. */
  subscribe(): void {
    // After a new token the old ones go on: a change that is being decided is not lost to them.
    if (this.#subscribed.length === 0) {
      this.#subscribed = this.requests.map((params) => ({
        id: idOf(params),
        request: parseChangeRequest(params),
        receiver: this,
      }));
      for (const subscription of this.#subscribed) this.hub.add(subscription);
    }
    this.host.report("ok", "Subscribed to PostgreSQL");
  }

  /** Checks and subscribes, tells the client, and tries again what may work later. */
  async begin(): Promise<void> {
    const attempt = ++this.#attempt;
    clearTimeout(this.#retry);
    if (this.requests.length === 0 || this.#stopped) return;
    const isCurrent = () => !this.#stopped && attempt === this.#attempt;
    try {
      await this.hub.prepare(this.requests.map(parseChangeRequest), this.claims);
      if (isCurrent()) this.subscribe();
    } catch (error) {
      if (!isCurrent()) return;
      this.#unsubscribe();
      if (error instanceof ChangeRequestError) return this.host.report("error", error.message);
      if (!(error instanceof DatabaseUnavailable)) throw error;
      this.host.report("error", UNAVAILABLE);
      this.#retry = setTimeout(() => void this.begin(), RETRY_MS);
    }
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    this.#unsubscribe();
  }

  receiveChange(ids: readonly number[], data: string): void {
    this.host.sendChange(`{"ids":${JSON.stringify(ids)},"data":${data}}`);
  }

  changesResumed(): void {
    this.host.report("ok", "Subscribed to PostgreSQL");
  }

  #unsubscribe(): void {
    for (const subscription of this.#subscribed) this.hub.remove(subscription);
    this.#subscribed = [];
  }
}

/** Equal requests have equal ids, as on the platform, where they are numbers of 27 bits, too. */
function idOf(request: JsonObject): number {
  const digest = createHash("sha256").update(JSON.stringify(request)).digest();
  return digest.readUInt32BE(0) & 0x7ff_ffff;
}

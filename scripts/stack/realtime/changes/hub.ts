import { setTimeout as sleep } from "node:timers/promises";
import type { Pgoutput } from "pg-logical-replication";
import type { Database } from "../database.ts";
import { DatabaseUnavailable } from "../database.ts";
import { type Feed, startFeed } from "../feed.ts";
import type { Claims } from "../keys.ts";
import type { Usage } from "../limits/usage.ts";
import { PUBLICATION } from "./catalog.ts";
import { checkRequest } from "./check.ts";
import { decide } from "./decide.ts";
import type { ChangeRequest } from "./request.ts";
import { readChange, type RowChange, timestamp } from "./row_change.ts";
import { type ChangeReceiver, type Subscription, Subscriptions } from "./subscriptions.ts";

export interface HubOptions {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly usage: Usage;
  readonly log: (line: string) => void;
}

const READY_TIMEOUT_MS = 5_000;
const PAUSE_MS = 250;
/** How often a change is tried again while the database cannot be asked about it. */
const MOST_TRIES = 40;
const VISIBLE_PAUSE_MS = 5;
const MOST_WAITS = 400;

/**
 * Hands changes of published tables to those who asked for them and may see them, one change after
 * the other: while one is being decided, the stream waits. Streams from the first request on.
 */
export class ChangeHub {
  readonly #subscriptions = new Subscriptions();
  #feed: Promise<Feed> | null = null;
  #transaction = { id: 0, committedAt: "", isVisible: false };
  #stopped = false;
  #skipping = false;

  constructor(readonly options: HubOptions) {}

  /**
   * Resolves when requests may be subscribed to and changes stream. Raises ChangeRequestError for
   * what will never work, DatabaseUnavailable for what may work later.
   */
  async prepare(requests: readonly ChangeRequest[], claims: Claims): Promise<void> {
    if (this.#stopped) throw new DatabaseUnavailable("the server stops");
    this.#feed ??= this.#open();
    const feed = await this.#feed;
    if (!(await feed.ready(READY_TIMEOUT_MS))) {
      throw new DatabaseUnavailable("changes do not stream");
    }
    for (const request of requests) {
      await checkRequest(this.options.database, request, claims.role);
    }
  }

  add(subscription: Subscription): void {
    this.#subscriptions.add(subscription);
  }

  remove(subscription: Subscription): void {
    this.#subscriptions.remove(subscription);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const feed = await this.#feed?.catch(() => null);
    await feed?.stop();
  }

  async #open(): Promise<Feed> {
    try {
      return await startFeed({
        databaseUrl: this.options.databaseUrl,
        publication: PUBLICATION,
        content: "changes of tables",
        log: this.options.log,
        onMessage: (message) => this.#read(message),
        onResumed: () => {
          for (const receiver of this.#subscriptions.receivers()) receiver.changesResumed();
        },
      });
    } catch (error) {
      this.#feed = null;
      throw new DatabaseUnavailable(error instanceof Error ? error.message : String(error));
    }
  }

  async #read(message: Pgoutput.Message): Promise<void> {
    if (message.tag === "begin") {
      const committedAt = timestamp(BigInt(String(message.commitTime)));
      this.#transaction = { id: message.xid >>> 0, committedAt, isVisible: false };
      return;
    }
    const change = this.#wanted(message)
      ? readChange(message, this.#transaction.committedAt)
      : null;
    if (!change) return;
    if (this.options.usage.changes.exceeded) {
      if (!this.#skipping) this.options.log("too many changes of tables, they are not sent");
      this.#skipping = true;
      return;
    }
    this.#skipping = false;
    try {
      await this.#deliver(change);
    } catch (error) {
      const { schema, table } = change.relation;
      const reason = error instanceof Error ? error.stack ?? error.message : String(error);
      this.options.log(`a change of ${schema}.${table} was not sent: ${reason}`);
    }
  }

  #wanted(message: Pgoutput.Message): boolean {
    if (message.tag !== "insert" && message.tag !== "update" && message.tag !== "delete") {
      return false;
    }
    const { schema, name } = message.relation;
    const type = ({ insert: "INSERT", update: "UPDATE", delete: "DELETE" } as const)[message.tag];
    return this.#subscriptions.of(schema, name, type).length > 0;
  }

  async #deliver(change: RowChange): Promise<void> {
    await this.#withPatience(() => this.#untilVisible());
    const { schema, table } = change.relation;
    let waiting = this.#subscriptions.of(schema, table, change.type);
    while (waiting.length > 0) {
      const asked = waiting.map((subscription) => ({
        subscription,
        claims: subscription.receiver.claims,
      }));
      const { database, log } = this.options;
      const deliveries = await this.#withPatience(() => decide(database, change, asked, log));
      // Whoever showed another token meanwhile is decided about again: it may show less, or more.
      const outdated = new Set(
        asked.filter(({ subscription, claims }) => claims !== subscription.receiver.claims)
          .map(({ subscription }) => subscription),
      );
      this.#send(deliveries.filter(({ subscription }) => !outdated.has(subscription)));
      waiting = [...outdated].filter((subscription) => this.#subscriptions.has(subscription));
    }
  }

  #send(deliveries: readonly { subscription: Subscription; data: string }[]): void {
    const frames = new Map<ChangeReceiver, Map<string, Set<number>>>();
    for (const { subscription, data } of deliveries) {
      if (!this.#subscriptions.has(subscription)) continue;
      const ofReceiver = frames.get(subscription.receiver) ?? new Map<string, Set<number>>();
      frames.set(subscription.receiver, ofReceiver);
      ofReceiver.set(data, (ofReceiver.get(data) ?? new Set()).add(subscription.id));
    }
    this.options.usage.changes.add(deliveries.length);
    for (const [receiver, ofReceiver] of frames) {
      for (const [data, ids] of ofReceiver) receiver.receiveChange([...ids], data);
    }
  }

  /**
   * A transaction is in the log a moment before others see what it did; asking too early would
   * find no row.
   */
  async #untilVisible(): Promise<void> {
    const { id } = this.#transaction;
    for (let waits = 0; !this.#transaction.isVisible && waits < MOST_WAITS; waits++) {
      const [row] = await this.options.database.query(
        "select exists (select from pg_catalog.pg_locks " +
          "where locktype = 'transactionid' and transactionid = $1::text::xid) as runs",
        [String(id)],
      );
      if (row?.runs !== true) this.#transaction.isVisible = true;
      else await sleep(VISIBLE_PAUSE_MS);
    }
  }

  async #withPatience<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1;; tries++) {
      try {
        return await work();
      } catch (error) {
        const mayWorkLater = error instanceof DatabaseUnavailable && tries < MOST_TRIES;
        if (!mayWorkLater || this.#stopped) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }
}

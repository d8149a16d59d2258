import type { Claims } from "../keys.ts";
import { ANY, type ChangeRequest, type ChangeType } from "./request.ts";

/** Who gets changes. */
export interface ChangeReceiver {
  /** Whose rights count now; another object after a new token. */
  readonly claims: Claims;
  /** `data` is JSON; `ids` are those of the requests that it answers. */
  receiveChange(ids: readonly number[], data: string): void;
  /** The stream was interrupted and runs again: something may have been missed. */
  changesResumed(): void;
}

/** One request of one receiver. */
export interface Subscription {
  readonly id: number;
  readonly request: ChangeRequest;
  readonly receiver: ChangeReceiver;
}

/** Who wants the changes of which table. Finding them costs nothing for those of other tables. */
export class Subscriptions {
  readonly #byTable = new Map<string, Set<Subscription>>();

  add(subscription: Subscription): void {
    const key = keyOf(subscription.request.schema, subscription.request.table);
    const subscribed = this.#byTable.get(key);
    if (subscribed) subscribed.add(subscription);
    else this.#byTable.set(key, new Set([subscription]));
  }

  remove(subscription: Subscription): void {
    const key = keyOf(subscription.request.schema, subscription.request.table);
    const subscribed = this.#byTable.get(key);
    subscribed?.delete(subscription);
    if (subscribed?.size === 0) this.#byTable.delete(key);
  }

  has(subscription: Subscription): boolean {
    const { schema, table } = subscription.request;
    return this.#byTable.get(keyOf(schema, table))?.has(subscription) ?? false;
  }

  /** Those that want a kind of change of a table. */
  of(schema: string, table: string, type: ChangeType): Subscription[] {
    const found = new Set<Subscription>();
    for (const ofSchema of [schema, ANY]) {
      for (const ofTable of [table, ANY]) {
        for (const subscription of this.#byTable.get(keyOf(ofSchema, ofTable)) ?? []) {
          const { event } = subscription.request;
          if (event === ANY || event === type) found.add(subscription);
        }
      }
    }
    return [...found];
  }

  receivers(): Set<ChangeReceiver> {
    const all = [...this.#byTable.values()].flatMap((subscribed) => [...subscribed]);
    return new Set(all.map(({ receiver }) => receiver));
  }
}

function keyOf(schema: string, table: string): string {
  return JSON.stringify([schema, table]);
}

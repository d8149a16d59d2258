import { addTo } from "./additions.ts";
import { DEFAULT_BACKOFF } from "./backoff.ts";
import { watchBrowser } from "./browser.ts";
import { Journal, outboxKey } from "./journal.ts";
import { Ledger } from "./ledger.ts";
import { isPending } from "./plan.ts";
import { Sender } from "./sender.ts";
import { defaultStorage } from "./storage.ts";
import type { NewOutboxEntry, Outbox, OutboxEntry, OutboxOptions } from "./types.ts";

const CONFIRM_WITHIN_MS = 60_000;
const CALL_TIMEOUT_MS = 30_000;
/** How long closing waits for calls that are under way. */
const CLOSE_WITHIN_MS = 3_000;

const PLATFORM_TIMERS: NonNullable<OutboxOptions["timers"]> = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/**
 * Opens the outbox of one person: what they made on this device and what is not known to be in the
 * log yet. It survives the end of the application at any moment; whatever is still to be sent goes
 * out at once. Close it when that person signs out.
 */
export async function createOutbox(options: OutboxOptions): Promise<Outbox> {
  const outbox = new PersonalOutbox(options);
  await outbox.open();
  return outbox;
}

class PersonalOutbox implements Outbox {
  readonly #ledger = new Ledger();
  readonly #journal: Journal;
  readonly #sender: Sender;
  readonly #listeners = new Set<() => void>();
  #idle: (() => void)[] = [];
  #expiry: unknown = null;
  #isClosed = false;
  #willSave = false;
  #unwatch: () => void = () => {};

  constructor(private readonly options: OutboxOptions) {
    const { userId, deliver, storage = defaultStorage() } = options;
    this.#journal = new Journal(storage, this.#ledger, {
      userId,
      now: () => this.#now(),
      onError: (error) => options.onStorageError?.(error),
      onMerged: () => this.#tell(),
    });
    this.#sender = new Sender({
      ledger: this.#ledger,
      journal: this.#journal,
      deliver,
      now: () => this.#now(),
      random: options.random ?? Math.random,
      backoff: options.backoff ?? DEFAULT_BACKOFF,
      timers: this.#timers,
      timeoutMs: options.callTimeoutMs ?? CALL_TIMEOUT_MS,
      lockName: outboxKey(userId),
      isSignedIn: async () => {
        if (options.signedInAs === undefined) return true;
        return await options.signedInAs() === userId;
      },
      knowsWhoIsSignedIn: options.signedInAs !== undefined,
      changed: () => this.#changed(),
    });
  }

  async open(): Promise<void> {
    await this.#journal.read();
    this.#unwatch = watchBrowser({
      stored: (key) => {
        // What this tab has to add is written again if the other one wrote over it.
        if (this.#journal.isOwn(key)) this.#journal.save();
      },
      online: () => this.wake(),
    });
    this.#changed();
    void this.#sender.tryNow();
  }

  entries(sessionId?: string): readonly OutboxEntry[] {
    return this.#ledger.entries(sessionId);
  }

  add(entry: NewOutboxEntry): string {
    if (this.#isClosed) throw new Error("This outbox is closed.");
    // Another tab may have sent meanwhile what this one would change.
    this.#journal.refresh();
    const id = addTo(this.#ledger, entry, this.#now());
    this.#changed();
    void this.#sender.run(entry.sessionId);
    return id;
  }

  confirm(id: string): void {
    if (!this.#remove(id)) return;
    // Events come by the page. If this is not written, the entry goes by itself a little later.
    if (!this.#willSave) void Promise.resolve().then(() => this.#save());
    this.#willSave = true;
    this.#tell();
  }

  dismiss(id: string): void {
    if (this.#remove(id)) this.#changed();
  }

  retry(id: string): void {
    const entry = this.#ledger.get(id.toLowerCase());
    if (entry === null) return;
    if (entry.state === "refused") {
      const { error: _error, ...rest } = entry;
      this.#ledger.put({ ...rest, state: "waiting" });
    }
    this.#changed();
    void this.#sender.tryNow(entry.sessionId);
  }

  subscribe(listener: () => void): () => void {
    const own = () => listener();
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  async flush(): Promise<void> {
    await this.#sender.tryNow();
    await this.saved();
  }

  wake(): void {
    void this.#sender.tryNow();
    this.#expire();
  }

  async saved(): Promise<void> {
    await this.#journal.saved();
  }

  async whenIdle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#unwatch();
    this.#timers.clear(this.#expiry);
    const over = this.#sender.close().then(() => this.saved());
    let timer: unknown;
    const late = new Promise<void>((resolve) => timer = this.#timers.set(resolve, CLOSE_WITHIN_MS));
    await Promise.race([over, late]);
    this.#timers.clear(timer);
    this.#tell();
  }

  get #timers() {
    return this.options.timers ?? PLATFORM_TIMERS;
  }

  #now(): number {
    return Math.round((this.options.now ?? Date.now)());
  }

  #isIdle(): boolean {
    return this.#isClosed || !this.#ledger.entries().some(isPending);
  }

  #remove(id: string): boolean {
    const known = id.toLowerCase();
    if (this.#ledger.get(known) === null) return false;
    this.#ledger.remove(known, this.#now());
    return true;
  }

  #changed(): void {
    this.#expire();
    this.#save();
    this.#tell();
  }

  #save(): void {
    this.#willSave = false;
    this.#journal.save();
  }

  /** Lets go of what was delivered and whose event was not seen in time; later of the others. */
  #expire(): void {
    this.#timers.clear(this.#expiry);
    const { confirmWithinMs = CONFIRM_WITHIN_MS } = this.options;
    const now = this.#now();
    let next = Infinity;
    for (const { id, state } of this.#ledger.entries()) {
      if (state !== "delivered") continue;
      // By the amount: a clock that was set back must not keep them for ever.
      const left = confirmWithinMs - Math.abs(now - this.#ledger.deliveredAt(id));
      if (left <= 0) this.#remove(id);
      else next = Math.min(next, left);
    }
    if (next === Infinity || this.#isClosed) return;
    this.#expiry = this.#timers.set(() => this.#changed(), next);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) tell(listener);
    if (!this.#isIdle()) return;
    const waiting = this.#idle;
    this.#idle = [];
    for (const resolve of waiting) resolve();
  }
}

/** What a listener raises is its own: nothing else is to suffer from it. */
function tell(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    console.error(error);
  }
}

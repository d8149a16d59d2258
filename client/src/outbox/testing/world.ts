import { createOutbox } from "../outbox.ts";
import type { NewOutboxEntry, Outbox, OutboxEntry } from "../types.ts";
import { type LastWrite, Mortal, mortalStorage } from "./dying-storage.ts";
import { ModelServer } from "./model-server.ts";
import { settle, VirtualTime } from "./virtual-time.ts";

/** What storages there are, and what they do to a write in whose middle the process ends. */
export interface WorldOptions {
  readonly later: boolean;
  readonly lastWrite: LastWrite;
}

/** A device on which the application is closed at any moment and opened again, and a server. */
export class World {
  readonly time = new VirtualTime();
  readonly server = new ModelServer();
  readonly disk = new Map<string, string>();
  #process = new Mortal();
  #outbox: Outbox | null = null;

  constructor(private readonly options: WorldOptions) {}

  /** Lets the application end so many steps from now: reads, writes and moments of requests. */
  endAfter(steps: number): void {
    this.#process.endAfter(steps);
  }

  /** The outbox; if the application has ended, it is opened again first. */
  async outbox(): Promise<Outbox> {
    while (this.#outbox === null || this.#process.isDead) {
      this.time.clear();
      this.#outbox = null;
      const process = this.#process = this.#process.isDead ? new Mortal() : this.#process;
      void createOutbox({
        userId: "me",
        deliver: this.server.calls(async () => {
          await process.live();
          process.step();
          await process.live();
        }),
        storage: mortalStorage(this.disk, process, this.options),
        now: () => this.time.now,
        timers: this.time.timers,
        random: () => 0.5,
      }).then((outbox) => {
        if (process === this.#process) this.#outbox = outbox;
      });
      await settle();
    }
    return this.#outbox;
  }

  /** Makes something; whether it is certain that it is kept. */
  async add(entry: NewOutboxEntry): Promise<boolean> {
    const outbox = await this.outbox();
    outbox.add(entry);
    if (!this.options.later) return !this.#process.isDead;
    let isSaved = false;
    void outbox.saved().then(() => isSaved = true);
    await settle();
    return isSaved && !this.#process.isDead;
  }

  /** Lets everything come to an end that can; the entries that are left. */
  async finish(): Promise<readonly OutboxEntry[]> {
    this.server.fates = [];
    // With the last application something may still be on its way.
    for (let round = 0; round < 3; round++) {
      const outbox = await this.outbox();
      outbox.wake();
      await this.time.advance(600_000);
      this.server.deliverLate();
    }
    const outbox = await this.outbox();
    const entries = outbox.entries();
    await outbox.close();
    return entries;
  }
}

import type { StoreApi } from "zustand/vanilla";
import { newId } from "../ids.ts";
import type { NewOutboxEntry, Outbox } from "../outbox/types.ts";
import { settledEntries } from "../store/settled.ts";
import type { RoomState } from "../store/state.ts";

/** What is handed to the outbox, but for the session, which the room knows. */
export type Work = NewOutboxEntry extends infer Entry
  ? Entry extends unknown ? Omit<Entry, "sessionId"> : never
  : never;

/**
 * What the person makes in one room: it goes through their outbox, is shown from the store at once,
 * and leaves the outbox when the log has it.
 */
export class OwnWork {
  readonly #store: StoreApi<RoomState>;
  readonly #sessionId: string;
  #outbox: Outbox | null = null;
  /** Made in the moment in which the outbox is still being opened. */
  #early: NewOutboxEntry[] = [];
  #unsubscribe = () => {};
  #isSettling = false;

  constructor(store: StoreApi<RoomState>, sessionId: string) {
    this.#store = store;
    this.#sessionId = sessionId;
  }

  /** Uses an outbox from now on. */
  attach(outbox: Outbox): void {
    this.#outbox = outbox;
    this.#unsubscribe = outbox.subscribe(() => this.#show());
    for (const entry of this.#early.splice(0)) outbox.add(entry);
    this.#show();
  }

  /** Hands something on to be sent; its id. */
  add(work: Work): string {
    const entry = { ...work, sessionId: this.#sessionId } as NewOutboxEntry;
    if (this.#outbox !== null) return this.#outbox.add(entry);
    const id = entry.id ?? newId();
    this.#early.push({ ...entry, id });
    return id;
  }

  /** Takes out of the outbox what the log has. */
  settle(): void {
    if (this.#outbox === null || this.#isSettling) return;
    this.#isSettling = true;
    try {
      for (const id of settledEntries(this.#store.getState())) this.#outbox.confirm(id);
    } finally {
      this.#isSettling = false;
    }
  }

  retry(id: string): void {
    this.#outbox?.retry(id);
  }

  dismiss(id: string): void {
    this.#outbox?.dismiss(id);
  }

  /**
   * Sends again what was refused for the reason that one was not in the session: for who is in it
   * now. The outbox may have been quicker than coming back after a time-out was.
   */
  retryFromOutside(): void {
    for (const { id, state, error } of this.#outbox?.entries(this.#sessionId) ?? []) {
      if (state === "refused" && error?.code === "not_participant") this.retry(id);
    }
  }

  wake(): void {
    this.#outbox?.wake();
  }

  /**
   * Lets go of the outbox, which goes on without this room.
   *
   * @param open how to come to it, if something was made in a room that closed before it was open
   */
  detach(open: () => Promise<Outbox>): void {
    this.#unsubscribe();
    this.#outbox = null;
    const early = this.#early.splice(0);
    if (early.length === 0) return;
    open().then((outbox) => {
      for (const entry of early) outbox.add(entry);
    }).catch((error) => {
      // Nobody is signed in: there is nobody for whom it could be kept.
      console.error("What was made in a room could not be kept:", error);
    });
  }

  #show(): void {
    const outbox = this.#outbox?.entries(this.#sessionId) ?? [];
    if (outbox !== this.#store.getState().outbox) this.#store.setState({ outbox });
    this.settle();
  }
}

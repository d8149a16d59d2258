import { createStore, type StoreApi } from "zustand/vanilla";
import type { LiveWorkoutContext } from "../context.ts";
import { newId } from "../ids.ts";
import { emptyRoom, type RoomState } from "../store/state.ts";
import type { NewReaction, NewSet, ParticipantStatus, SetChange } from "../types.ts";
import { Following } from "./following.ts";
import type { Room, RoomOptions } from "./interface.ts";
import { OwnWork, type Work } from "./own-work.ts";

/**
 * Opens a session that one is in: its store follows everything that happens, and what one does is in
 * it at once, with or without a network. Close it when the screen goes; what is unsent then is sent
 * by the outbox. Whoever was taken for gone because nothing was heard of them is joined again.
 */
export function openRoom(
  context: LiveWorkoutContext,
  sessionId: string,
  options: RoomOptions = {},
): Room {
  return new OpenRoom(context, sessionId, options);
}

class OpenRoom implements Room {
  readonly store: StoreApi<RoomState>;
  readonly #work: OwnWork;
  readonly #following: Following;

  constructor(
    private readonly context: LiveWorkoutContext,
    readonly sessionId: string,
    options: RoomOptions,
  ) {
    const { readUpToSeq = null } = options;
    this.store = createStore(() => ({ ...emptyRoom(""), readUpToSeq }));
    this.#work = new OwnWork(this.store, sessionId);
    this.#following = new Following({
      context,
      sessionId,
      options,
      store: this.store,
      work: this.#work,
    });
  }

  get ready(): Promise<void> {
    return this.#following.ready;
  }

  logSet(set: NewSet): string {
    const id = set.id ?? newId();
    const timestampMs = set.timestampMs ?? Math.round(this.serverNow());
    return this.#add({ kind: "set", id, set: { ...set, id, timestampMs } });
  }

  amendSet(setId: string, change: SetChange): void {
    this.#add({ kind: "set_change", setId, change });
  }

  removeSet(setId: string): void {
    this.#add({ kind: "set_removal", setId });
  }

  react(reaction: NewReaction): string {
    return this.#add({ kind: "reaction", reaction });
  }

  say(message: string): string {
    return this.#add({ kind: "message", message });
  }

  retry(entryId: string): void {
    this.#work.retry(entryId);
  }

  dismiss(entryId: string): void {
    this.#work.dismiss(entryId);
  }

  setStatus(status: ParticipantStatus, exerciseId?: string | null): Promise<void> {
    const { signal } = this.#following;
    return this.context.presence.setStatus(this.sessionId, status, exerciseId, { signal });
  }

  markRead(): void {
    const { events, readUpToSeq } = this.store.getState();
    const end = events.at(-1)?.seq ?? 0;
    if (end > (readUpToSeq ?? 0)) this.store.setState({ readUpToSeq: end });
  }

  serverNow(): number {
    return Date.now() + this.context.clock.offsetMs;
  }

  wake(): void {
    this.#following.wake();
    this.#work.wake();
  }

  close(): Promise<void> {
    return this.#following.end(null);
  }

  #add(work: Work): string {
    if (this.#following.signal.aborted) throw new Error("This room is closed.");
    return this.#work.add(work);
  }
}

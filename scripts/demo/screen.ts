import {
  type LiveSessionEvent,
  type Room,
  type RoomState,
  selectParticipant,
} from "@live-workout-together/client";

/** What somebody sees of a room: its log, line by line as it arrives. */
export class Screen {
  #shown = 0;
  #waiting: { seen: (event: LiveSessionEvent) => boolean; resolve: (at: number) => void }[] = [];

  constructor(
    readonly room: Room,
    readonly owner: string,
    readonly show: (event: LiveSessionEvent, nameOf: (id: string) => string) => void,
  ) {
    room.store.subscribe((state) => this.#draw(state));
  }

  /** Everything that is on this screen. */
  get events(): readonly LiveSessionEvent[] {
    return this.room.store.getState().events;
  }

  /**
   * When an event arrives here, in milliseconds of performance.now().
   *
   * @throws Error if it has not after 10 s
   */
  sees(seen: (event: LiveSessionEvent) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(
        () => reject(new Error(`An event did not reach ${this.owner} within 10 s.`)),
        10_000,
      );
      this.#waiting.push({
        seen,
        resolve: (at) => {
          clearTimeout(limit);
          resolve(at);
        },
      });
    });
  }

  #draw(state: RoomState): void {
    const at = performance.now();
    const fresh = state.events.slice(this.#shown);
    this.#shown = state.events.length;
    for (const event of fresh) {
      this.show(event, (id) => selectParticipant(state, id)?.displayName ?? "someone");
      this.#waiting = this.#waiting.filter(({ seen, resolve }) => {
        if (!seen(event)) return true;
        resolve(at);
        return false;
      });
    }
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fate } from "./testing/model-server.ts";
import { World } from "./testing/world.ts";
import type { OutboxEntry } from "./types.ts";

// The application is closed at any moment, in the middle of a write too, while the server and the
// network do what they can. Whatever was surely kept once is there in the end: on the server, once,
// in order, or among the refused with its reason.

const FATES: readonly Fate[] = [
  "fine",
  "request_lost",
  "answer_lost",
  "late",
  "twice",
  "gateway_fails",
  "rate_limited",
  "half_rate_limited",
  "signed_out",
];
const SESSIONS = ["leg-day", "arms"] as const;

const session = fc.constantFrom(...SESSIONS);
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("set"), session, isBad: bool(0.1) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("message"), session, isBad: bool(0.1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reaction"), session }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("change"),
      which: fc.nat(20),
      reps: fc.integer({ min: 1, max: 99 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("removal"), which: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait"), ms: fc.nat(20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("wake") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("confirm") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("arrive") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end_session") }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("end_process"), after: fc.nat(25) }) },
);

type Action = {
  do: string;
  session?: (typeof SESSIONS)[number];
  isBad?: boolean;
  which?: number;
  reps?: number;
  ms?: number;
  after?: number;
};

function bool(probability: number) {
  return fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value < probability);
}

/** Something that was made, and what may have become of it. */
interface Made {
  id: string;
  kind: "set" | "message" | "reaction";
  session: string;
  isBad: boolean;
  isCertain: boolean;
  /** Of sets: the repetitions it may have in the end. */
  reps: Set<number>;
  isRemoved: "yes" | "no" | "perhaps";
  wasChanged: boolean;
}

class Training {
  readonly made: Made[] = [];
  #ids = 0;

  constructor(readonly world: World) {}

  async perform(action: Action): Promise<void> {
    const { world } = this;
    switch (action.do) {
      case "set":
      case "message":
      case "reaction":
        return await this.#make(action.do, action.session ?? "arms", action.isBad === true);
      case "change":
        return await this.#change(action.which ?? 0, action.reps ?? 1);
      case "removal":
        return await this.#remove(action.which ?? 0);
      case "wait":
        return await world.time.advance(action.ms ?? 0);
      case "wake":
        return (await world.outbox()).wake();
      case "confirm": {
        const outbox = await world.outbox();
        const delivered = outbox.entries().filter(({ state }) => state === "delivered");
        for (const { id } of delivered) outbox.confirm(id);
        return;
      }
      case "arrive":
        return world.server.deliverLate();
      case "end_session":
        world.server.ended.add("arms");
        return;
      case "end_process":
        return world.endAfter(action.after ?? 0);
    }
  }

  async #make(kind: Made["kind"], sessionId: string, isBad: boolean): Promise<void> {
    const id = `${kind}-${++this.#ids}`;
    const reps = isBad ? 2000 : 100 + this.#ids;
    const isCertain = await this.world.add(
      kind === "set"
        ? { kind, sessionId, set: { id, exerciseId: "e", exerciseName: "E", weightKg: 1, reps } }
        : kind === "message"
        ? { kind, sessionId, id, message: isBad ? "" : "Hello" }
        : { kind, sessionId, id, reaction: { toUserId: "you", emote: "fire" } },
    );
    this.made.push({
      id,
      kind,
      session: sessionId,
      isBad,
      isCertain,
      reps: new Set([reps]),
      isRemoved: "no",
      wasChanged: false,
    });
  }

  async #change(which: number, reps: number): Promise<void> {
    const set = this.#pick(which);
    if (set === undefined) return;
    const isCertain = await this.world.add({
      kind: "set_change",
      sessionId: set.session,
      setId: set.id,
      change: { reps },
    });
    if (isCertain) set.reps.clear();
    set.reps.add(reps);
    set.wasChanged = true;
  }

  async #remove(which: number): Promise<void> {
    const set = this.#pick(which);
    if (set === undefined) return;
    const { id: setId, session: sessionId } = set;
    const isCertain = await this.world.add({ kind: "set_removal", sessionId, setId });
    set.isRemoved = isCertain ? "yes" : "perhaps";
  }

  #pick(which: number): Made | undefined {
    const sets = this.made.filter((made) =>
      made.kind === "set" && made.isCertain && made.isRemoved === "no"
    );
    return sets[which % Math.max(1, sets.length)];
  }

  check(left: readonly OutboxEntry[]): void {
    const { server } = this.world;
    expect(left.filter(({ state }) => state !== "refused")).toEqual([]);
    for (const { error } of left) expect(error?.code).toBeTruthy();
    for (const made of this.made) {
      const times = server.effects.filter((effect) => effect === effectOf(made)).length;
      expect(times, effectOf(made)).toBeLessThanOrEqual(1);
      const isRefused = left.some(({ id }) => id === made.id);
      const arrived = times === 1;
      if (made.isCertain && made.isRemoved === "no") {
        expect(arrived || isRefused, `${effectOf(made)} is lost`).toBe(true);
      }
      expect(arrived && isRefused, `${effectOf(made)} is both`).toBe(false);
      if (made.kind === "set") this.#checkSet(made, isRefused);
    }
    for (const name of SESSIONS) {
      // What was put right after it was refused comes later than it was made.
      const order = this.made.filter((made) => made.session === name && !made.isBad).map(effectOf);
      const seen = server.effects.filter((effect) => order.includes(effect));
      expect(seen).toEqual(order.filter((effect) => seen.includes(effect)));
    }
  }

  #checkSet(made: Made, isRefused: boolean): void {
    const set = this.world.server.sets.get(made.id);
    if (made.isRemoved === "yes") {
      expect(set, `${made.id} was removed`).toBeUndefined();
      expect(isRefused, `${made.id} was removed`).toBe(false);
    } else if (made.isRemoved === "no" && set !== undefined) {
      expect([...made.reps], made.id).toContain(set.reps);
    }
  }
}

function effectOf({ session, kind, id }: Made): string {
  return `${session} ${kind} ${id}`;
}

describe.each([
  { storage: "writes at once", later: false },
  { storage: "answers later", later: true },
])("an application that is closed at any moment, with a storage that $storage", ({ later }) => {
  it("loses nothing, does nothing twice and keeps the order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 1, maxLength: 40 }),
        fc.array(fc.constantFrom(...FATES), { maxLength: 30 }),
        fc.constantFrom("nothing" as const, "half" as const, "all" as const),
        async (actions, fates, lastWrite) => {
          const training = new Training(new World({ later, lastWrite }));
          training.world.server.fates = [...fates];
          for (const action of actions) await training.perform(action as Action);
          training.check(await training.world.finish());
        },
      ),
      { numRuns: 500 },
    );
  }, 120_000);
});

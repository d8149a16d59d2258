import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { PersonIndex, World } from "../world.ts";
import { type Action, exercise, member, person } from "./action.ts";

/** A set of a workout from elsewhere; `second` counts from the base. */
interface Done {
  exercise: string;
  weight: number;
  reps: number;
  second: number;
}

/** Somebody imports a workout from elsewhere, which counts as history from then on. */
export const importOf = (who: PersonIndex, sets: readonly Done[]): Action => {
  const written = sets.map((one) => `${one.exercise} ${one.weight}×${one.reps} at ${one.second}`);
  return {
    words: `${who}: import a workout: ${written.join(", ")}`,
    needsSession: false,
    real: async (crowd, world) => {
      const id = randomUUID();
      const document = sets.map((one) => ({
        id: randomUUID(),
        exerciseId: one.exercise,
        weightKg: one.weight,
        reps: one.reps,
        timestampMs: world.base + one.second * 1000,
      }));
      await member(crowd, who).run(
        `insert into public.workouts (id, user_id, started_at, ended_at, sets)
         values ($1, auth.uid(), $2, $3, $4::text::jsonb)`,
        [id, world.base - 100_000_000, world.base + 20_000, JSON.stringify(document)],
      );
      return id;
    },
    model: (world: World, answer) => {
      const workouts = world.workouts.get(who) ?? [];
      workouts.push({
        id: String(answer),
        sets: sets.map((one) => ({
          exercise: one.exercise,
          weightKg: one.weight,
          reps: one.reps,
          at: world.base + one.second * 1000,
        })),
      });
      world.workouts.set(who, workouts);
    },
  };
};

const done: fc.Arbitrary<Done> = fc.record({
  exercise,
  weight: fc.constantFrom(50, 80, 100, 120),
  reps: fc.constantFrom(1, 5, 10),
  /** Long ago, or in the middle of what is logged live. */
  second: fc.oneof(fc.integer({ min: -90_000, max: -80_000 }), fc.nat({ max: 12 })),
});

export const importWorkout = fc.tuple(person, fc.array(done, { minLength: 1, maxLength: 3 }))
  .map(([who, sets]) => importOf(who, sets));

/** Imported by mistake. */
export const dropWorkout = person.map((who): Action => ({
  words: `${who}: drop the latest imported workout`,
  needsSession: false,
  real: async (crowd, world) => {
    await member(crowd, who).run("delete from public.workouts where id = $1", [
      world.workouts.get(who)?.at(-1)?.id ?? null,
    ]);
  },
  model: (world) => void world.workouts.get(who)?.pop(),
}));

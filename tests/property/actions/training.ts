import fc from "fast-check";
import { checkSet, isRecord, ownerOf, refreshRecords } from "../records.ts";
import { requirePresence } from "../seeing.ts";
import {
  append,
  type ModelSession,
  type ModelSet,
  type PersonIndex,
  Refusal,
  refuse,
  type World,
} from "../world.ts";
import { type Action, exercise, member, person, type Place, place, sessionAt } from "./action.ts";

/** What a person says of a set; `number` stands for its id, `second` for its time. */
interface Draft {
  number: number;
  exercise: string;
  warmup: boolean;
  weight: number;
  reps: number;
  second: number;
}

const TOO_EARLY = -100_000;
/** The number of a set that somebody else has, or would have. */
const OF_ANOTHER = 10;
/** Few numbers and few seconds, so that ids repeat, times are equal and sets arrive out of order. */
const number = fc.oneof(
  { weight: 20, arbitrary: fc.nat({ max: 9 }) },
  { weight: 1, arbitrary: fc.constant(OF_ANOTHER) },
);
const weight = fc.constantFrom(40, 60, 62.5, 80, 100, 102.5, 140);
const reps = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(1, 3, 5, 8, 12) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const second = fc.oneof(
  { weight: 20, arbitrary: fc.nat({ max: 12 }) },
  { weight: 1, arbitrary: fc.constant(TOO_EARLY) },
);
const draft: fc.Arbitrary<Draft> = fc.record({
  number,
  exercise,
  warmup: fc.nat({ max: 4 }).map((one) => one === 0),
  weight,
  reps,
  second,
});

function idOfSet(world: World, who: PersonIndex, number: number): string {
  const unique = who * OF_ANOTHER + number;
  return unique.toString(16).padStart(8, "0") + world.salt.slice(8);
}

function timeOf(world: World, second: number): number {
  return world.base + second * 1000;
}

function words({ number, exercise, warmup, weight, reps, second }: Draft): string {
  return `#${number} ${warmup ? "warm-up " : ""}${exercise} ${weight}×${reps} at ${second}`;
}

/** Stores one set, and says whether it did: a repeated id changes nothing. */
function store(world: World, session: ModelSession, who: PersonIndex, said: Draft) {
  const id = idOfSet(world, who, said.number);
  const owner = ownerOf(world, id);
  if (owner === who) return null;
  if (owner !== undefined) refuse("invalid_request");
  requirePresence(world, session, who);
  const set: ModelSet = {
    id,
    owner: who,
    exercise: said.exercise,
    warmup: said.warmup,
    weightKg: said.weight,
    reps: said.reps,
    at: timeOf(world, said.second),
    isRecord: false,
  };
  checkSet(world, session, set);
  set.isRecord = isRecord(world, session, set);
  session.sets.set(id, set);
  return set;
}

/** Stores all of them or none: for each the set, or null where its id was repeated. */
function storeAll(
  world: World,
  session: ModelSession,
  who: PersonIndex,
  drafts: readonly Draft[],
): (ModelSet | null)[] {
  const sets: (ModelSet | null)[] = [];
  try {
    for (const one of drafts) sets.push(store(world, session, who, one));
    return sets;
  } catch (refusal) {
    for (const set of sets) if (set) session.sets.delete(set.id);
    throw refusal;
  }
}

/** What follows from the sets of one statement. */
function follow(world: World, session: ModelSession, who: PersonIndex, stored: ModelSet[]): void {
  if (stored.length === 0) return;
  const latest = stored.reduce((last, set) => set.at >= last.at ? set : last);
  for (const _ of stored) append(session, "set_completed", who);
  const presence = world.presence.get(who)!;
  presence.exercise = latest.exercise;
  presence.exerciseName = latest.exercise.toUpperCase();
  presence.lastSetAt = Math.max(presence.lastSetAt ?? 0, latest.at);
  for (const [exercise, from] of firstChanges(stored)) {
    refreshRecords(world, session, who, exercise, from);
  }
}

/** For each exercise the time from which on its records are judged again. */
function firstChanges(sets: readonly Pick<ModelSet, "exercise" | "at">[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { exercise, at } of sets) {
    first.set(exercise, Math.min(at, first.get(exercise) ?? Infinity));
  }
  return first;
}

/** One statement, with one set or several: all or none. */
export const logOf = (who: PersonIndex, where: Place, drafts: readonly Draft[]): Action => ({
  words: `${who}: log in session ${where ?? "own"}: ${drafts.map(words).join(", ")}`,
  needsSession: true,
  real: (crowd, world) => {
    const rows = drafts.map((one) => ({
      id: idOfSet(world, who, one.number),
      session_id: sessionAt(world, who, where).id,
      exercise_id: one.exercise,
      exercise_name: one.exercise.toUpperCase(),
      set_type: one.warmup ? "warmup" : "working",
      weight_kg: one.weight,
      reps: one.reps,
      timestamp_ms: timeOf(world, one.second),
    }));
    return member(crowd, who).run(
      `insert into public.live_session_sets (id, session_id, exercise_id, exercise_name, set_type,
         weight_kg, reps, timestamp_ms)
       select r.id, r.session_id, r.exercise_id, r.exercise_name, r.set_type, r.weight_kg, r.reps,
         r.timestamp_ms
       from rows from (jsonb_to_recordset($1::text::jsonb) as (id uuid, session_id uuid,
         exercise_id text, exercise_name text, set_type public.live_session_set_type,
         weight_kg numeric, reps integer, timestamp_ms bigint)) with ordinality r
       order by r.ordinality`,
      [JSON.stringify(rows)],
    );
  },
  model: (world) => {
    const session = sessionAt(world, who, where);
    follow(
      world,
      session,
      who,
      storeAll(world, session, who, drafts).filter((set) => set !== null),
    );
  },
});

export const log = fc.tuple(
  person,
  place,
  fc.oneof(
    { weight: 4, arbitrary: draft.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(draft, { minLength: 2, maxLength: 4 }) },
  ),
).map(([who, where, drafts]) => logOf(who, where, drafts));

/** A queue, with a verdict for each: all in one statement, or each for itself when one is refused. */
export const replay = fc.tuple(person, place, fc.array(draft, { maxLength: 5 })).map((
  [who, where, drafts],
): Action => ({
  words: `${who}: replay into session ${where ?? "own"}: ${drafts.map(words).join(", ")}`,
  needsSession: true,
  real: async (crowd, world) => {
    const queue = drafts.map((one) => ({
      id: idOfSet(world, who, one.number),
      exerciseId: one.exercise,
      exerciseName: one.exercise.toUpperCase(),
      setType: one.warmup ? "warmup" : "working",
      weightKg: one.weight,
      reps: one.reps,
      timestampMs: timeOf(world, one.second),
    }));
    const [row] = await member(crowd, who).run<{ answer: { results: { outcome: string }[] } }>(
      "select log_live_sets($1, $2::text::jsonb) as answer",
      [sessionAt(world, who, where).id, JSON.stringify(queue)],
    );
    return row!.answer.results.map(({ outcome }) => outcome);
  },
  model: (world) => {
    const session = sessionAt(world, who, where);
    const verdicts = (some: readonly Draft[]): string[] => {
      const sets = storeAll(world, session, who, some);
      follow(world, session, who, sets.filter((set) => set !== null));
      return sets.map((set) => set ? "stored" : "duplicate");
    };
    try {
      return verdicts(drafts);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
    return drafts.flatMap((one) => {
      try {
        return verdicts([one]);
      } catch (refusal) {
        if (refusal instanceof Refusal) return [refusal.code];
        throw refusal;
      }
    });
  },
}));

export const amend = fc.tuple(person, draft).map(([who, said]): Action => ({
  words: `${who}: amend ${words(said)}`,
  needsSession: true,
  real: (crowd, world) =>
    member(crowd, who).run(
      `update public.live_session_sets set exercise_id = $2::text,
         exercise_name = upper($2::text), set_type = $3::text::public.live_session_set_type,
         weight_kg = $4, reps = $5, timestamp_ms = $6
       where id = $1`,
      [
        idOfSet(world, who, said.number),
        said.exercise,
        said.warmup ? "warmup" : "working",
        said.weight,
        said.reps,
        timeOf(world, said.second),
      ],
    ),
  model: (world) => {
    const id = idOfSet(world, who, said.number);
    const session = world.sessions.find((one) => one.sets.get(id)?.owner === who);
    if (!session) return;
    const set = session.sets.get(id)!;
    requirePresence(world, session, who);
    const before = { ...set };
    const facts = {
      exercise: said.exercise,
      warmup: said.warmup,
      weightKg: said.weight,
      reps: said.reps,
      at: timeOf(world, said.second),
    };
    checkSet(world, session, facts);
    Object.assign(set, facts);
    set.isRecord = isRecord(world, session, set);
    const changes = Object.entries(facts).some(([key, value]) =>
      before[key as keyof ModelSet] !== value
    );
    if (changes) {
      append(session, "set_updated", who);
      for (const [exercise, from] of firstChanges([before, set])) {
        refreshRecords(world, session, who, exercise, from);
      }
    } else if (set.isRecord !== before.isRecord) {
      append(session, set.isRecord ? "set_updated" : "pr_revoked", who);
    }
  },
}));

export const erase = fc.tuple(person, place, fc.array(number, { minLength: 1, maxLength: 3 })).map((
  [who, where, numbers],
): Action => ({
  words: `${who}: remove sets #${numbers.join(" #")} of session ${where ?? "own"}`,
  needsSession: true,
  real: (crowd, world) =>
    member(crowd, who).run(
      "delete from public.live_session_sets where session_id = $1 and id = any ($2::uuid[])",
      [sessionAt(world, who, where).id, numbers.map((one) => idOfSet(world, who, one)) as never],
    ),
  model: (world) => {
    const session = sessionAt(world, who, where);
    const ids = new Set(numbers.map((one) => idOfSet(world, who, one)));
    const sets = [...ids].map((id) => session.sets.get(id)).filter((set) => set?.owner === who);
    if (sets.length > 0) requirePresence(world, session, who);
    for (const set of sets) {
      session.sets.delete(set!.id);
      session.removedSets.set(set!.id, who);
      append(session, "set_removed", who);
    }
    for (const [exercise, from] of firstChanges(sets as ModelSet[])) {
      refreshRecords(world, session, who, exercise, from);
    }
  },
}));

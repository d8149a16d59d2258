import fc from "fast-check";
import type { Crowd, Member } from "../../races/crowd.ts";
import { currentSession, type ModelSession, type PersonIndex, type World } from "../world.ts";

/** One thing that a person does, in the database and in the model. */
export interface Action {
  /** As it is printed when something fails. */
  readonly words: string;
  /** Does it in the database; what it answers is handed to the model. */
  real(crowd: Crowd, world: World): Promise<unknown>;
  /**
   * Does it in the model, and throws a `Refusal` before it changes anything if the rules forbid
   * it. What it returns is what the database should have answered, where that matters.
   */
  model(world: World, answer: unknown): unknown;
  /** Whether it makes sense yet; when it does not it is left out. */
  readonly needsSession: boolean;
}

export const PEOPLE = 5;
export const EXERCISES = ["squat", "bench", "row"] as const;

export const person = fc.nat({ max: PEOPLE - 1 });
/** Who may do what only a leader or a host may: mostly the one who is, of the latest session. */
export const leader = fc.oneof({ weight: 2, arbitrary: fc.constant("leader" as const) }, person);
export const host = fc.oneof({ weight: 2, arbitrary: fc.constant("host" as const) }, person);
export type Who = PersonIndex | "leader" | "host";

/** The person whom a role means at this moment. */
export function personOf(world: World, who: Who): PersonIndex {
  if (typeof who === "number") return who;
  const session = world.sessions.at(-1)!;
  if (who === "host") return session.host;
  return [...session.participants.values()].find((one) => one.isLeader)!.person;
}

export const exercise = fc.constantFrom(...EXERCISES);
/** Mostly the session that one is in, sometimes any. */
export const place = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.nat({ max: 5 }) },
);
export type Place = number | null;

/** The session that a command is about: one's own, or one of all, newest first. */
export function sessionAt(world: World, who: PersonIndex, where: Place): ModelSession {
  const own = where === null ? currentSession(world, who) : undefined;
  return own ?? world.sessions.at(-1 - ((where ?? 0) % world.sessions.length))!;
}

/** The connection of a person. */
export function member(crowd: Crowd, who: PersonIndex): Member {
  return crowd.members[who]!;
}

/** A parameter that is only known when the command runs. */
export type Late = (session: ModelSession, world: World) => unknown;

/** The account of a person, as a parameter. */
export function idOf(who: PersonIndex): Late {
  return Object.assign((_: ModelSession, world: World) => world.people[who], { words: `${who}` });
}

/** A command that is one call of a function about a session, with that session's id first. */
export function call(
  name: string,
  whoever: Who,
  where: Place,
  parameters: readonly (string | number | boolean | null | Late)[],
  model: (world: World, session: ModelSession, who: PersonIndex) => unknown,
): Action {
  const written = parameters.map((one) =>
    typeof one === "function" ? ("words" in one ? one.words : "…") : one
  );
  return {
    words: `${whoever}: ${name}(${["session " + (where ?? "own"), ...written].join(", ")})`,
    needsSession: true,
    real: async (crowd, world) => {
      const who = personOf(world, whoever);
      const session = sessionAt(world, who, where);
      const values = parameters.map((one) => typeof one === "function" ? one(session, world) : one);
      const places = ["$1", ...values.map((_, index) => `$${index + 2}`)].join(", ");
      const [row] = await member(crowd, who).run<{ answer: unknown }>(
        `select ${name}(${places}) as answer`,
        [session.id, ...values as never[]],
      );
      return row!.answer;
    },
    model: (world) => {
      const who = personOf(world, whoever);
      return model(world, sessionAt(world, who, where), who);
    },
  };
}

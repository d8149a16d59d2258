import fc from "fast-check";
import { expect } from "vitest";
import { type Crowd, outcome } from "../races/crowd.ts";
import type { Action } from "./actions/action.ts";
import * as guiding from "./actions/guiding.ts";
import * as history from "./actions/history.ts";
import * as hosting from "./actions/hosting.ts";
import * as joining from "./actions/joining.ts";
import * as social from "./actions/social.ts";
import * as training from "./actions/training.ts";
import * as waiting from "./actions/waiting.ts";
import { Refusal, settleNews, type World } from "./world.ts";

/** Does one thing in both worlds and holds what came of it against each other. */
export class Command implements fc.AsyncCommand<World, Crowd> {
  private readonly action: Action;
  constructor(action: Action) {
    this.action = action;
  }
  check(world: Readonly<World>): boolean {
    return !this.action.needsSession || world.sessions.length > 0;
  }
  async run(world: World, crowd: Crowd): Promise<void> {
    // How often one may do what has tests of its own; here nobody waits.
    await crowd.owner`delete from private.rate_limits
      where user_id = any (${[...world.people]}::uuid[])`;
    let answer: unknown;
    const real = await outcome(this.action.real(crowd, world).then((given) => answer = given));
    let should = "ok";
    try {
      const value = this.action.model(world, answer);
      if (value !== undefined && real === "ok") {
        expect(answer, this.toString()).toEqual(
          Array.isArray(value) || typeof value !== "object"
            ? value
            : expect.objectContaining(value),
        );
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      should = error.code;
    }
    settleNews(world);
    expect(real, this.toString()).toBe(should);
  }
  toString(): string {
    return this.action.words;
  }
}

/** Everything there is to do, and how often: mostly training, and less often what ends it. */
const ACTIONS: readonly (readonly [weight: number, action: fc.Arbitrary<Action>])[] = [
  [3, hosting.open],
  [4, hosting.start],
  [1, hosting.finish],
  [1, hosting.transferHost],
  [1, hosting.remove],
  [1, hosting.show],
  [5, joining.join],
  [2, joining.leave],
  [2, joining.invite],
  [2, joining.respond],
  [14, training.log],
  [3, training.replay],
  [6, training.amend],
  [3, training.erase],
  [2, history.importWorkout],
  [1, history.dropWorkout],
  [1, social.write],
  [1, social.react],
  [1, social.cheer],
  [3, social.report],
  [2, social.beat],
  [1, social.block],
  [1, social.part],
  [1, social.ask],
  [1, social.befriend],
  [1, guiding.choose],
  [3, guiding.walk],
  [1, guiding.plan],
  [3, guiding.ready],
  [2, guiding.check],
  [1, guiding.rest],
  [1, guiding.pause],
  [1, guiding.transferLead],
  [1, waiting.silence],
  [1, waiting.forgetting],
];

/** Three train together already, so that a run need not find its way there first. */
export function prelude(guided: boolean): Action[] {
  const plan = ["squat", "bench", "squat"];
  return [
    hosting.openWith({ who: 0, guided, visibility: "public", places: 10, plan }),
    joining.joinBy(1, 0),
    joining.joinBy(2, 0),
    hosting.startBy(0, 0),
  ];
}

/** Some of all that, one after the other. */
export function commandsOf(
  maxCommands: number,
  make: (action: Action) => Command = (action) => new Command(action),
): fc.Arbitrary<Iterable<fc.AsyncCommand<World, Crowd>>> {
  return fc.commands(
    ACTIONS.flatMap(([weight, action]) =>
      Array<fc.Arbitrary<Command>>(weight).fill(action.map(make))
    ),
    { maxCommands, size: "max" },
  );
}

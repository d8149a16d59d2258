import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runningStack } from "../helpers/stack.ts";
import { type Crowd, gather, type Member, outcome } from "../races/crowd.ts";
import { type Action, PEOPLE } from "./actions/action.ts";
import * as guiding from "./actions/guiding.ts";
import * as history from "./actions/history.ts";
import * as hosting from "./actions/hosting.ts";
import * as joining from "./actions/joining.ts";
import * as social from "./actions/social.ts";
import * as training from "./actions/training.ts";
import * as waiting from "./actions/waiting.ts";
import { audit } from "./audit.ts";
import { newWorld, Refusal, settleNews, type World } from "./world.ts";

const RUNS = Number(process.env.PROPERTY_RUNS ?? 20);
const SEED = Number(process.env.PROPERTY_SEED ?? 20_261_123);
/** Where a failure was, as it is printed: goes straight there. */
const PATH = process.env.PROPERTY_PATH;
const COMMANDS = Number(process.env.PROPERTY_COMMANDS ?? 80);

/** Does one thing in both worlds and holds what came of it against each other. */
class Command implements fc.AsyncCommand<World, Crowd> {
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
function prelude(guided: boolean): Action[] {
  const plan = ["squat", "bench", "squat"];
  return [
    hosting.openWith({ who: 0, guided, visibility: "public", places: 10, plan }),
    joining.joinBy(1, 0),
    joining.joinBy(2, 0),
    hosting.startBy(0, 0),
  ];
}

/** New people on connections that are there already: opening one costs more than a run. */
async function newPeople(crowd: Crowd): Promise<Crowd> {
  const ids = crowd.members.map(() => randomUUID());
  await crowd.owner`insert into auth.users (id, aud, role, email)
    select id, 'authenticated', 'authenticated', id || '@property.invalid'
    from unnest(${ids}::uuid[]) id`;
  const members = await Promise.all(crowd.members.map(async ({ run }, index): Promise<Member> => {
    const id = ids[index]!;
    await run("select set_config('request.jwt.claims', $1, false)", [
      JSON.stringify({ sub: id, role: "authenticated" }),
    ]);
    return { id, run };
  }));
  return { ...crowd, members };
}

/** Five people, most of them friends of each other, in a world where nothing has happened. */
async function setUp(connected: Crowd): Promise<{ model: World; real: Crowd }> {
  const crowd = await newPeople(connected);
  const world = newWorld(crowd.members.map(({ id }) => id), Date.now() - 60_000, randomUUID());
  for (let one = 0; one < PEOPLE; one++) {
    for (let other = one + 1; other < PEOPLE; other++) {
      if (one === 3) continue;
      world.friendships.set(`${one}>${other}`, "friends");
      await crowd.owner`insert into public.friendships (user_id, friend_id, status)
        values (${world.people[one]!}, ${world.people[other]!}, 'friends')`;
    }
  }
  return { model: world, real: crowd };
}

let crowd: Crowd;
beforeAll(async () => {
  crowd = await gather(runningStack().DB_URL, PEOPLE);
});
afterAll(async () => {
  await crowd?.close();
});

it(`whatever five people do, the database does what the rules say (seed ${SEED})`, async () => {
  const commands = fc.commands(
    ACTIONS.flatMap(([weight, action]) =>
      Array<fc.Arbitrary<Command>>(weight).fill(action.map((one) => new Command(one)))
    ),
    { maxCommands: COMMANDS, size: "max" },
  );
  await fc.assert(
    fc.asyncProperty(fc.boolean(), commands, async (guided, commands) => {
      const { model, real } = await setUp(crowd);
      for (const action of prelude(guided)) await new Command(action).run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await audit(real.owner, model);
    }),
    { numRuns: RUNS, seed: SEED, ...(PATH ? { path: PATH } : {}) },
  );
}, 60_000 + RUNS * 5_000);

it("a set between two of another training is measured against the one before it", async () => {
  const { model, real } = await setUp(crowd);
  const at = (exercise: string, weight: number, second: number) => ({
    exercise,
    weight,
    reps: 1,
    second,
  });
  const script = [
    ...prelude(false),
    history.importOf(0, [at("squat", 90, -90_000)]),
    history.importOf(0, [at("squat", 100, 1), at("squat", 150, 9)]),
    training.logOf(0, null, [{ ...at("squat", 95, 5), number: 0, warmup: false }]),
  ];
  for (const action of script) await new Command(action).run(model, real);
  await audit(real.owner, model);
});

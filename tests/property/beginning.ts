import { randomUUID } from "node:crypto";
import type { Crowd, Member } from "../races/crowd.ts";
import { PEOPLE } from "./actions/action.ts";
import { newWorld, type World } from "./world.ts";

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
export async function setUp(connected: Crowd): Promise<{ model: World; real: Crowd }> {
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

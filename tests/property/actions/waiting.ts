import fc from "fast-check";
import { depart, end, presentCount } from "../stays.ts";
import type { Action } from "./action.ts";
import { currentSession, type ModelSession, type World } from "../world.ts";
import { person } from "./action.ts";

/**
 * Time passes for some and the janitor comes. Both in one transaction: a janitor that runs by
 * itself must not come between.
 */
function janitor(words: string, silent: readonly number[], minutes: number): Action {
  return {
    words: `janitor: ${words}`,
    needsSession: true,
    real: async (crowd, world) => {
      await crowd.owner.begin(async (sql) => {
        for (const [index, who] of silent.entries()) {
          await sql`update public.live_session_participants
            set last_active_at = clock_timestamp() - ${minutes - index} * interval '1 minute'
            where user_id = ${world.people[who]!} and left_at is null`;
        }
        await sql`update public.live_sessions set created_at = created_at - interval '7 hours'
          where id = any (${world.sessions.map(({ id }) => id)}::uuid[]) and status <> 'ended'`;
        await sql`select private.run_janitor()`;
        await sql`update public.live_sessions set created_at = created_at + interval '7 hours'
          where id = any (${world.sessions.map(({ id }) => id)}::uuid[]) and status <> 'ended'`;
        await sql`update public.live_session_participants set last_active_at = clock_timestamp()
          where user_id = any (${[...world.people]}::uuid[]) and left_at is null`;
      });
    },
    model: (world) => {
      if (minutes >= 400) {
        for (const session of forgotten(world, silent)) end(world, session, session.host);
      }
      for (const session of world.sessions) {
        if (session.status !== "active") continue;
        const host = session.host;
        const leaving = silent.filter((who) => session.participants.get(who)?.present);
        for (const who of leaving.filter((one) => one !== host)) depart(world, session, who);
        if (leaving.includes(host)) depart(world, session, host);
      }
    },
  };
}

function forgotten(world: World, silent: readonly number[]): ModelSession[] {
  return [...new Set(silent.map((who) => currentSession(world, who)))].filter((session) =>
    session !== undefined &&
    presentCount(session) === silent.filter((who) => session.participants.get(who)?.present).length
  ) as ModelSession[];
}

const few = fc.uniqueArray(person, { minLength: 1, maxLength: 2 });
const many = fc.uniqueArray(person, { minLength: 3, maxLength: 5 });

/** Some are silent for more than ten minutes: who is in an active session has left it. */
export const silence = few.map((silent) =>
  janitor(`${silent.join(", ")} silent for a while`, silent, 30)
);

/** Some are silent for more than six hours: sessions with nobody else end. */
export const forgetting = many.map((silent) =>
  janitor(`${silent.join(", ")} silent for hours`, silent, 400)
);

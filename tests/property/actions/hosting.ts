import fc from "fast-check";
import { requireSeen } from "../seeing.ts";
import { depart, end, enter, giveHost, namePresence } from "../stays.ts";
import { append, currentSession, type ModelSession, refuse } from "../world.ts";
import {
  type Action,
  call,
  exercise,
  host,
  idOf,
  member,
  person,
  type Place,
  place,
  type Who,
} from "./action.ts";

function requireHost(session: ModelSession, who: number): void {
  if (session.host !== who) refuse("not_host");
}

function requireOpen(session: ModelSession): void {
  if (session.status === "ended") refuse("session_ended");
}

/** What a session is opened with. */
interface Opening {
  who: number;
  guided: boolean;
  visibility: "friends" | "public" | "private";
  places: number;
  plan: readonly string[];
}

/** Somebody opens a session. */
export const openWith = ({ who, guided, visibility, places, plan }: Opening): Action => ({
  words: `${who}: open(${
    guided ? "guided" : "shared"
  }, ${visibility}, ${places} places, [${plan}])`,
  needsSession: false,
  real: async (crowd) => {
    const [row] = await member(crowd, who).run<{ id: string }>(
      `select open_live_session($1::text::live_session_mode,
         visibility_param => $2::text::live_session_visibility, max_participants_param => $3,
         planned_exercises_param => $4::text::jsonb) -> 'session' ->> 'id' as id`,
      [
        guided ? "guided" : "shared",
        visibility,
        places,
        JSON.stringify(plan.map((exerciseId) => ({ exerciseId, targetSets: 3 }))),
      ],
    );
    return row!.id;
  },
  model: (world, answer) => {
    if (currentSession(world, who)) refuse("already_in_session");
    const session: ModelSession = {
      id: String(answer),
      guided,
      visibility,
      places,
      status: "pending",
      host: who,
      plan,
      position: null,
      exercise: null,
      version: 0,
      paused: false,
      resting: false,
      readyCheck: null,
      participants: new Map(),
      removed: new Set(),
      invitations: new Map(),
      sets: new Map(),
      removedSets: new Map(),
      events: [],
      news: [],
    };
    world.sessions.push(session);
    enter(world, session, who, true);
    append(session, "session_created", who);
  },
});

export const open = fc.record({
  who: person,
  guided: fc.boolean(),
  visibility: fc.constantFrom("friends" as const, "public" as const, "private" as const),
  places: fc.constantFrom(2, 3, 5, 10),
  plan: fc.array(exercise, { maxLength: 3 }),
}).map(openWith);

/** The host starts a session. */
export const startBy = (whoever: Who, where: Place): Action =>
  call("start_live_session", whoever, where, [], (world, session, who) => {
    requireSeen(world, session, who);
    requireHost(session, who);
    requireOpen(session);
    if (session.status !== "pending") return;
    session.status = "active";
    append(session, "session_started", who);
  });

export const start = fc.tuple(host, place).map(([whoever, where]) => startBy(whoever, where));

export const finish = fc.tuple(host, place).map(([whoever, where]) =>
  call("end_live_session", whoever, where, [], (world, session, who) => {
    requireSeen(world, session, who);
    requireHost(session, who);
    if (session.status !== "ended") end(world, session, who);
  })
);

export const transferHost = fc.tuple(host, place, person).map(([whoever, where, to]) =>
  call("transfer_live_session_host", whoever, where, [idOf(to)], (world, session, who) => {
    requireSeen(world, session, who);
    if (session.host === to && session.participants.get(who)?.present) return;
    requireHost(session, who);
    requireOpen(session);
    if (!session.participants.get(to)?.present) refuse("user_not_found");
    giveHost(world, session, who, to);
  })
);

export const remove = fc.tuple(host, place, person).map(([whoever, where, whom]) =>
  call("remove_live_session_participant", whoever, where, [idOf(whom)], (world, session, who) => {
    requireSeen(world, session, who);
    requireHost(session, who);
    requireOpen(session);
    if (whom === who) refuse("invalid_request");
    const participant = session.participants.get(whom);
    if (!participant) refuse("user_not_found");
    session.removed.add(whom);
    const invitation = session.invitations.get(whom);
    if (invitation?.status === "pending") invitation.status = "revoked";
    if (participant.present) depart(world, session, whom);
  })
);

export const show = fc.tuple(host, place, fc.constantFrom("private", "friends", "public")).map((
  [whoever, where, visibility],
) =>
  call("update_live_session", whoever, where, [() => ({ visibility })], (world, session, who) => {
    requireSeen(world, session, who);
    requireHost(session, who);
    requireOpen(session);
    if (session.visibility === visibility) return;
    session.visibility = visibility;
    namePresence(world, session);
    append(session, "session_updated", who);
  })
);

import type { Person } from "../../helpers/people.ts";
import type { Random } from "./random.ts";

/** A session that was seen in an answer. */
export interface SeenSession {
  id: string;
  hostId: string;
  status: string;
  version: number;
}

/** What requests are made with: people, and what they have made so far. */
export interface Pool {
  people: readonly Person[];
  sessions: SeenSession[];
  invitations: { id: string; recipientId: string; hostId: string }[];
  links: { id: string; code: string }[];
}

/** More is not kept: what is old is over. */
const KEPT = 16;

/** Takes up what an answer says there is. */
export function learn(pool: Pool, body: unknown): void {
  if (typeof body !== "object" || body === null) return;
  const found = body as Record<string, unknown>;
  if (isRecord(found.session)) keep(pool.sessions, found.session as unknown as SeenSession);
  if (isRecord(found.invitation)) {
    keep(pool.invitations, found.invitation as unknown as Pool["invitations"][number]);
  }
  if (typeof found.code === "string" && typeof found.maxUses === "number") {
    keep(pool.links, found as unknown as Pool["links"][number]);
  }
  if (Array.isArray(found.results)) { for (const result of found.results) learn(pool, result); }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && "id" in value;
}

function keep<Kept extends { id: string }>(list: Kept[], kept: Kept): void {
  const at = list.findIndex(({ id }) => id === kept.id);
  if (at >= 0) list[at] = kept;
  else list.push(kept);
  if (list.length > KEPT) list.shift();
}

/** The things one request is about, so that its parts fit together. */
export interface Focus {
  session: SeenSession;
  person: Person;
  invitation: Pool["invitations"][number];
  link: Pool["links"][number];
}

/** Picks what a request is about; what there is none of is made up. */
export function pickFocus(pool: Pool, random: Random): Focus {
  const someone = random.pick(pool.people);
  const of = <Kept>(list: readonly Kept[], madeUp: Kept) =>
    // Always the same amount of randomness, so that one answer does not change all that follows.
    [random.next(), list.length > 0 ? list : [madeUp]] as const;
  const choose = <Kept>([at, list]: readonly [number, readonly Kept[]]) =>
    list[Math.floor(at * list.length)] as Kept;
  const id = random.uuid();
  const isEnded = random.chance(0.1);
  const sessions = pool.sessions.filter(({ status }) => (status === "ended") === isEnded);
  return {
    session: choose(of(sessions, { id, hostId: someone.id, status: "pending", version: 0 })),
    person: someone,
    invitation: choose(
      of(pool.invitations, { id, recipientId: someone.id, hostId: someone.id }),
    ),
    link: choose(of(pool.links, { id, code: "K7QNM-3XWPA-HT92D" })),
  };
}

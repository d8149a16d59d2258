/** A person, by their place in the crowd. */
export type PersonIndex = number;

/** A set as its owner said it, with the one thing judged of it. */
export interface ModelSet {
  readonly id: string;
  readonly owner: PersonIndex;
  exercise: string;
  warmup: boolean;
  weightKg: number;
  reps: number;
  /** Epoch milliseconds. */
  at: number;
  isRecord: boolean;
}

/** Someone who is or was in a session. */
export interface ModelParticipant {
  readonly person: PersonIndex;
  present: boolean;
  status: "idle" | "resting" | "working_out" | "finished";
  exercise: string | null;
  isLeader: boolean;
  isReady: boolean;
  /** When the present stay began, on the model's own clock. */
  joined: number;
}

export interface ModelInvitation {
  sender: PersonIndex;
  status: "pending" | "accepted" | "declined" | "expired" | "revoked";
}

/** Events that one command appended: which, not in which order. */
export type Appended = readonly string[];

export interface ModelSession {
  readonly id: string;
  readonly guided: boolean;
  visibility: "private" | "friends" | "public";
  readonly places: number;
  status: "pending" | "active" | "ended";
  host: PersonIndex;
  plan: readonly string[];
  position: number | null;
  exercise: string | null;
  version: number;
  paused: boolean;
  resting: boolean;
  readyCheck: { policy: "all" | "quorum" | "leader_only"; quorum: number; started: number } | null;
  readonly participants: Map<PersonIndex, ModelParticipant>;
  readonly removed: Set<PersonIndex>;
  readonly invitations: Map<PersonIndex, ModelInvitation>;
  readonly sets: Map<string, ModelSet>;
  /** Ids of sets that were removed, with who had logged them. */
  readonly removedSets: Map<string, PersonIndex>;
  readonly events: Appended[];
  /** Events of the command that is under way. */
  news: string[];
}

/** A finished workout from elsewhere. */
export interface ModelWorkout {
  readonly id: string;
  readonly sets: readonly { exercise: string; weightKg: number; reps: number; at: number }[];
}

export interface ModelPresence {
  inSession: boolean;
  session: string | null;
  exercise: string | null;
  exerciseName: string | null;
  status: ModelParticipant["status"];
  /** Epoch milliseconds. */
  lastSetAt: number | null;
}

/** Everything the rules speak of, in a form in which they can be said in a few lines. */
export interface World {
  /** Account ids, by the place in the crowd. */
  readonly people: readonly string[];
  /** The time that sets are dated from, in epoch milliseconds. */
  readonly base: number;
  /** Makes the ids of sets of this run differ from those of every other. */
  readonly salt: string;
  readonly sessions: ModelSession[];
  /** Directed rows `from>to`. */
  readonly friendships: Map<string, "requested" | "friends" | "blocked">;
  readonly workouts: Map<PersonIndex, ModelWorkout[]>;
  readonly presence: Map<PersonIndex, ModelPresence>;
  clock: number;
}

/** A refusal that the contract names, or the SQLSTATE of one that it does not. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Refuses with a code of the contract. */
export function refuse(code: string): never {
  throw new Refusal(code);
}

/** A world in which these people are there and nothing has happened. */
export function newWorld(people: readonly string[], base: number, salt: string): World {
  return {
    people,
    base,
    salt,
    sessions: [],
    friendships: new Map(),
    workouts: new Map(),
    presence: new Map(),
    clock: 0,
  };
}

/** Appends an event of the command that is under way. */
export function append(session: ModelSession, type: string, person: PersonIndex): void {
  session.news.push(`${type} ${person}`);
}

/** Closes a command: its events stand in the log. */
export function settleNews(world: World): void {
  for (const session of world.sessions) {
    if (session.news.length > 0) session.events.push([...session.news].sort());
    session.news = [];
  }
}

/** The session that the person is in now, if any. */
export function currentSession(world: World, person: PersonIndex): ModelSession | undefined {
  return world.sessions.find((session) => session.participants.get(person)?.present);
}

/** The people in a session now, longest first. */
export function presentIn(session: ModelSession): ModelParticipant[] {
  return [...session.participants.values()].filter((one) => one.present)
    .sort((one, other) => one.joined - other.joined);
}

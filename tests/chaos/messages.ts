import type { Person } from "../../scripts/shared/people.ts";

// What a client process and the one that starts it say to each other, one line of JSON each.

/** What a client process has to know; its only argument. */
export interface ClientTask {
  /** The address of the project: this client's own way through the network. */
  url: string;
  publishableKey: string;
  jwtSecret: string;
  tokenLifeSeconds: number;
  me: Person;
  sessionId: string;
  tailCheckMs?: number;
  /** Whom to cheer. */
  others: string[];
  /** Where its storage and its journal are; they outlive the process. */
  folder: string;
  seed: string;
}

/** What is asked of a client. */
export type Question = { ask: "train" | "rest" | "status" | "state" };

/** How a client stands. */
export interface ClientStatus {
  connection: string;
  /** The last event that its store has. */
  lastSeq: number;
  /** Whether it needs nothing more to tell how the session stands. */
  isPresentSure: boolean;
  /** What it has made and does not yet see in the log. */
  pending: number;
  /** What was refused for good, with the reason. */
  refused: string[];
}

/** What a client's store holds in the end, for comparing. */
export interface ClientState {
  session: unknown;
  participants: unknown;
  events: unknown[];
  outbox: unknown[];
  /** How many access tokens the process has used, one after the other. */
  tokens: number;
}

/** What a client says. */
export type Saying =
  | { say: "ready" }
  | { say: "status"; status: ClientStatus }
  | { say: "state"; state: ClientState }
  /** Something that must never happen was seen. */
  | { say: "fault"; fault: string };

/** What a person has made, noted the moment that the client had taken it. */
export type Made =
  | { made: "set"; id: string; weightKg: number; reps: number }
  | { made: "set_change"; id: string; reps: number }
  | { made: "set_removal"; id: string }
  | { made: "reaction"; id: string; emote: string; toUserId: string }
  | { made: "message"; id: string; message: string };

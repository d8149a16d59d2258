import type { components } from "./generated/openapi.ts";

// The public names of the types that are generated from the schemas of the edge functions.

type Schemas = components["schemas"];

export type LiveSession = Schemas["LiveSession"];
export type LiveSessionParticipant = Schemas["LiveSessionParticipant"];
export type LiveSessionEvent = Schemas["LiveSessionEvent"];
export type LiveSessionInvitation = Schemas["LiveSessionInvitation"];
export type LiveSessionSummary = Schemas["LiveSessionSummary"];
export type SessionSnapshot = Schemas["SessionSnapshot"];
export type EventPage = Schemas["EventPage"];
export type PlannedExercise = Schemas["PlannedExercise"];
export type WorkoutPresence = Schemas["WorkoutPresence"];
export type PresenceSettings = Schemas["PresenceSettings"];
export type QuickReaction = Schemas["QuickReaction"];
export type LiveTopics = Schemas["LiveTopics"];
export type QueuedSet = Schemas["QueuedSet"];
export type LoggedSets = Schemas["LoggedSets"];
export type Problem = Schemas["Problem"];

/** One kind of event, by its type: `EventOf<"set_completed">`. */
export type EventOf<Type extends LiveSessionEvent["type"]> = Extract<
  LiveSessionEvent,
  { type: Type }
>;

/** A set that is about to be logged; id and time are given to it unless it brings its own. */
export type NewSet =
  & Omit<QueuedSet, "id" | "timestampMs">
  & Partial<Pick<QueuedSet, "id" | "timestampMs">>;

/** What may be amended of a set that was logged. */
export type SetChange = Partial<Omit<QueuedSet, "id">>;

/** One of the emotes. */
export type Emote = EventOf<"reaction">["data"]["emote"];

/** What somebody in a session is doing. */
export type ParticipantStatus = LiveSessionParticipant["status"];

/** A cheer for somebody in the same session, perhaps for one of their sets. */
export interface NewReaction {
  readonly toUserId: string;
  readonly emote: Emote;
  readonly targetSetId?: string;
}

/** Everything that is stored about oneself, chapter by chapter, as the database has it. */
export interface PersonalData {
  /** In ms since the epoch. */
  readonly exportedAt: number;
  readonly [chapter: string]: unknown;
}

// Everything that applications use. What is not here may change from one version to the next.

export type { CallOptions, CreationOptions } from "./calls/options.ts";
export { type Calls, createCalls } from "./calls/calls.ts";
export type { GuidedCalls } from "./calls/guided.ts";
export type { HistoryCalls, HistoryQuery, PastSet, Workout } from "./calls/history.ts";
export type { InvitationCalls } from "./calls/invitations.ts";
export type { Activity, PresenceCalls } from "./calls/presence.ts";
export type { FunctionName, ServiceCalls } from "./calls/service.ts";
export type { SessionCalls } from "./calls/sessions.ts";
export type { SetCalls } from "./calls/sets.ts";
export type { NewQuickReaction, SendOptions, TalkCalls } from "./calls/talk.ts";
export type { LiveWorkoutContext, LiveWorkoutOptions } from "./context.ts";
export type { LiveWorkoutSupabase } from "./database.ts";
export {
  LiveWorkoutError,
  type LiveWorkoutErrorCode,
  type LiveWorkoutErrorDetails,
} from "./errors.ts";
export type {
  FriendPresence,
  Friends,
  FriendsConnection,
  FriendsOptions,
  FriendsState,
} from "./friends/index.ts";
export { subscribeToFriendsPresence } from "./friends/index.ts";
export { newId } from "./ids.ts";
export { createLiveWorkout, type LiveWorkout } from "./live-workout.ts";
export { memoryStorage } from "./outbox/storage.ts";
export type { Outbox, OutboxEntry, OutboxState, OutboxStorage } from "./outbox/types.ts";
export type { Room, RoomOptions } from "./room/interface.ts";
export {
  subscribeToLiveSession,
  type SubscriptionClient,
  type SubscriptionOptions,
} from "./room/subscribe.ts";
export * from "./store/index.ts";
export type { CatchUpProgress, Connection } from "./sync/interface.ts";
export type * from "./types.ts";

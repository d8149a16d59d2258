export { applyEvents, applySnapshot } from "./apply.ts";
export type { ReadyCheck } from "./focus.ts";
export { type FeedEntry, selectFeed, selectUnread } from "./selectors/feed.ts";
export {
  type CurrentExercise,
  type Readiness,
  selectCurrentExercise,
  selectRestLeft,
  selectWhoIsReady,
} from "./selectors/guided.ts";
export {
  type LeaderboardEntry,
  type LeaderboardMeasure,
  selectLeader,
  selectLeaderboard,
  selectMe,
  selectParticipant,
  selectParticipants,
} from "./selectors/people.ts";
export {
  type Delivery,
  type MySet,
  selectMySets,
  selectSet,
  selectSetsOf,
} from "./selectors/sets.ts";
export type { LoggedSet, SetLog, SetsOfPerson } from "./sets.ts";
export { emptyRoom, type RoomState } from "./state.ts";

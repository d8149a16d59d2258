export type { Room, RoomOptions } from "./interface.ts";
export { openRoom } from "./room.ts";
export { subscribeToLiveSession, type SubscriptionOptions } from "./subscribe.ts";

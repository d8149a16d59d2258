export { openFriends } from "./friends.ts";
export type { Friends, FriendsOptions } from "./interface.ts";
export type { FriendPresence, FriendsConnection, FriendsState } from "./state.ts";
export { subscribeToFriendsPresence } from "./subscribe.ts";

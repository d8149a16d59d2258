import type { Reducers } from "../present.ts";

/** What people say to each other is in the log alone. */
export const talkReducers: Reducers<"reaction" | "message"> = {
  reaction: (present) => present,
  message: (present) => present,
};

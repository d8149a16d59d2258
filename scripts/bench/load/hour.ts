/** What people do while they train, with how often each of them does it in an hour. */
export const HOUR = {
  /** One every three minutes, warm-up sets among them. */
  set: 20,
  /** The client's sign of life, once a minute. */
  heartbeat: 60,
  reaction: 6,
  message: 2,
  /** The phone was away and asks what it missed. */
  catchUp: 2,
  /** The screen is opened anew. */
  snapshot: 1,
  friends: 2,
} as const;

/** Something that people do. */
export type Action = keyof typeof HOUR;

/** All of it. */
export const ACTIONS = Object.keys(HOUR) as Action[];

/** Requests of one person in an hour. */
export const REQUESTS_AN_HOUR = Object.values(HOUR).reduce((sum, count) => sum + count, 0);

/** What everybody in the session hears of. */
export const HEARD: readonly Action[] = ["set", "reaction", "message"];

/** The next thing that somebody does. */
export function nextAction(): Action {
  let left = Math.random() * REQUESTS_AN_HOUR;
  for (const action of ACTIONS) {
    left -= HOUR[action];
    if (left < 0) return action;
  }
  return "set";
}

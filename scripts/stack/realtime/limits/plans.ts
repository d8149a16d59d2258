/** What a project may do with Realtime. Rates are means of the last minute. */
export interface Limits {
  /** Connections that have joined a channel, at one time. */
  readonly connections: number;
  readonly joinsPerSecond: number;
  readonly channelsPerConnection: number;
  /** Each message counts once when it is sent and once for everybody who receives it. */
  readonly messagesPerSecond: number;
  readonly presenceMessagesPerSecond: number;
  /** Calls of track and untrack on one channel of one connection. */
  readonly presenceCalls: { readonly most: number; readonly windowMs: number };
  /** Of a broadcast or a presence payload. */
  readonly payloadBytes: number;
}

/** The platform measures a payload in its own encoding and adds this for it. */
const PAYLOAD_PADDING = 500;

const everyPlan = {
  channelsPerConnection: 100,
  presenceCalls: { most: 5, windowMs: 30_000 },
};

/** The quotas that the platform publishes for its plans. */
export const limitsOfPlans = {
  free: {
    ...everyPlan,
    connections: 200,
    joinsPerSecond: 100,
    messagesPerSecond: 100,
    presenceMessagesPerSecond: 20,
    payloadBytes: 256_000 + PAYLOAD_PADDING,
  },
  pro: {
    ...everyPlan,
    connections: 500,
    joinsPerSecond: 500,
    messagesPerSecond: 500,
    presenceMessagesPerSecond: 50,
    payloadBytes: 3_000_000 + PAYLOAD_PADDING,
  },
  team: {
    ...everyPlan,
    connections: 10_000,
    joinsPerSecond: 2_500,
    messagesPerSecond: 2_500,
    presenceMessagesPerSecond: 1_000,
    payloadBytes: 3_000_000 + PAYLOAD_PADDING,
  },
} as const satisfies Record<string, Limits>;

/** A plan of the platform. */
export type Plan = keyof typeof limitsOfPlans;

/** No limits at all: what a developer's own server has unless told otherwise. */
export const unlimited: Limits = {
  connections: Infinity,
  joinsPerSecond: Infinity,
  channelsPerConnection: Infinity,
  messagesPerSecond: Infinity,
  presenceMessagesPerSecond: Infinity,
  presenceCalls: { most: Infinity, windowMs: 30_000 },
  payloadBytes: Infinity,
};

/** Whether a word names a plan. */
export function isPlan(word: string): word is Plan {
  return Object.hasOwn(limitsOfPlans, word);
}

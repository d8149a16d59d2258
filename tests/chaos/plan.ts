import type { Scope } from "./network.ts";
import type { Random } from "./random.ts";

/** Something that goes wrong at a moment, in ms from the beginning of the trouble. */
export type Mishap =
  & { atMs: number }
  & (
    | { kind: "reset" | "silence"; client: number; scope: Scope }
    | { kind: "lost_answers"; client: number; scope: Scope; forMs: number }
    | { kind: "black_hole"; client: number; forMs: number; afterwards: "go_on" | "dead" }
    | { kind: "server_killed"; forMs: number }
    | { kind: "server_frozen"; forMs: number }
    | { kind: "asleep"; client: number; forMs: number }
    /** Offline for a while first, so that there is something unsent when the app is closed. */
    | { kind: "app_closed"; client: number; offlineMs: number; forMs: number }
  );

/** How hard a run is. Times in ms. */
export interface Hardness {
  clients: number;
  troubleMs: number;
  /** How long an access token is good for, in seconds. */
  tokenLifeSeconds: number;
  /** Between two cuts of one client's connections, on average. */
  cutEveryMs: number;
  sleepMs: readonly [number, number];
  blackHoleMs: readonly [number, number];
  /** How often clients ask whether they missed the last event, in ms; else as they do by default. */
  tailCheckMs?: number;
  /**
   * Whether connections that died in silence are reset at the end of the trouble, or it is left to
   * the clients to find out, which takes them some tens of seconds.
   */
  resetsDeadAtEnd: boolean;
  /** How many clients are killed and started again. */
  closedApps: number;
}

/** A minute of everything, ten clients. */
export function longTrouble(seconds = 60): Hardness {
  const troubleMs = seconds * 1000;
  return {
    clients: 10,
    troubleMs,
    tokenLifeSeconds: 12,
    cutEveryMs: 7_000,
    sleepMs: [Math.min(5_000, troubleMs / 6), Math.min(20_000, troubleMs / 3)],
    blackHoleMs: [1_000, Math.min(8_000, troubleMs / 5)],
    resetsDeadAtEnd: false,
    closedApps: 4,
  };
}

/** Every kind of trouble once, in seconds. */
export function shortTrouble(): Hardness {
  return {
    clients: 5,
    troubleMs: 12_000,
    tokenLifeSeconds: 5,
    cutEveryMs: 3_000,
    sleepMs: [2_000, 6_500],
    blackHoleMs: [500, 2_000],
    tailCheckMs: 4_000,
    resetsDeadAtEnd: true,
    closedApps: 2,
  };
}

/** Everything that will go wrong in a run, in order. Every kind occurs at least once. */
export function planTrouble(random: Random, hardness: Hardness): Mishap[] {
  const clients = Array.from({ length: hardness.clients }, (_, index) => index);
  const cuts = cutsOf(random.fork("cuts"), hardness, clients);
  const mishaps = [
    ...cuts,
    ...serverTroubles(random.fork("server"), hardness.troubleMs),
    ...absences(random.fork("absences"), hardness, clients),
  ];
  return mishaps.sort((a, b) => a.atMs - b.atMs);
}

const scopes = ["realtime", "http", "all"] as const;

function cutsOf(random: Random, hardness: Hardness, clients: readonly number[]): Mishap[] {
  const [shortest, longest] = hardness.blackHoleMs;
  const makers: ((base: { atMs: number; client: number }) => Mishap)[] = [
    (base) => ({ ...base, kind: "reset", scope: random.pick(scopes) }),
    (base) => ({ ...base, kind: "silence", scope: random.pick(scopes) }),
    (base) => ({
      ...base,
      kind: "lost_answers",
      scope: random.pick(scopes),
      forMs: random.between(200, 1_500),
    }),
    (base) => ({
      ...base,
      kind: "black_hole",
      forMs: random.between(shortest, longest),
      afterwards: random.pick(["go_on", "dead"] as const),
    }),
  ];
  const mishaps: Mishap[] = [];
  for (const client of clients) {
    let atMs = random.between(0, hardness.cutEveryMs);
    while (atMs < hardness.troubleMs) {
      const make = mishaps.length < makers.length
        ? makers[mishaps.length]!
        : random.pick([makers[0]!, ...makers]);
      mishaps.push(make({ atMs, client }));
      atMs += random.between(0.3, 1.7) * hardness.cutEveryMs;
    }
  }
  return mishaps;
}

/** Killed twice and frozen once, one after the other. */
function serverTroubles(random: Random, troubleMs: number): Mishap[] {
  const third = troubleMs / 3;
  const kinds = random.shuffle(["server_killed", "server_killed", "server_frozen"] as const);
  return kinds.map((kind, index) => ({
    kind,
    atMs: index * third + random.between(0.1, 0.5) * third,
    forMs: random.between(0.02, 0.25) * third,
  }));
}

/** Long enough for somebody who is awake to make a few things. */
const leastOfflineMs = 2_000;

/** Everybody sleeps once; some have their app closed at another time, one of them in its sleep. */
function absences(random: Random, hardness: Hardness, clients: readonly number[]): Mishap[] {
  const { troubleMs } = hardness;
  const [shortest, longest] = hardness.sleepMs;
  const closed = random.shuffle(clients).slice(0, hardness.closedApps);
  // Somebody outsleeps their token, whatever the dice say.
  const soundest = random.pick(clients);
  return clients.flatMap((client): Mishap[] => {
    const forMs = client === soundest
      ? longest
      : random.between(shortest, Math.min(longest, troubleMs / 2));
    const asleep: Mishap = {
      kind: "asleep",
      client,
      forMs,
      atMs: random.between(leastOfflineMs, troubleMs - forMs),
    };
    if (!closed.includes(client)) return [asleep];
    // Phones end apps that sleep; and people end apps that they look at.
    const inItsSleep = client === closed[0];
    return [asleep, {
      kind: "app_closed",
      client,
      forMs: random.between(300, 3_000),
      ...(inItsSleep
        ? {
          atMs: asleep.atMs - leastOfflineMs,
          offlineMs: leastOfflineMs + random.between(0.3, 0.9) * forMs,
        }
        : {
          atMs: random.between(0, 0.8) * troubleMs,
          offlineMs: leastOfflineMs * random.between(1, 2),
        }),
    }];
  });
}

import { isDeepStrictEqual } from "node:util";
import type { ClientState, Made } from "./messages.ts";
import type { Truth } from "./truth.ts";

/** What one person's client ended up with, and what that person did. */
export interface Witnessed {
  id: string;
  name: string;
  state: ClientState;
  made: Made[];
  /**
   * How often the process was killed. Each time it may have died after it took something and
   * before it noted that.
   */
  kills: number;
}

/** Everything that is not as it has to be; empty if all is well. */
export function faultsOf(truth: Truth, everybody: readonly Witnessed[]): string[] {
  return [
    ...faultsOfLog(truth),
    ...everybody.flatMap((one) =>
      [
        ...faultsOfStore(truth, one.state),
        ...faultsOfMade(truth, one),
      ].map((fault) => `${one.name}: ${fault}`)
    ),
  ];
}

function faultsOfLog({ events, sets, reactions, messages }: Truth): string[] {
  const faults: string[] = [];
  if (events.some(({ seq }, index) => seq !== index + 1)) {
    faults.push("the database's own log is not numbered from 1 without gaps");
  }
  // What was made shows in the log once.
  const told = (type: string, member: string) =>
    (events as unknown as { type: string; data: Record<string, unknown> }[])
      .filter((event) => event.type === type).map(({ data }) => String(data[member]));
  const removed = new Set(told("set_removed", "setId"));
  const logged = told("set_completed", "setId");
  faults.push(
    ...faultsOfIds("sets in the log", [...sets.map(({ id }) => id), ...removed], logged),
    ...faultsOfIds("reactions in the log", ids(reactions), told("reaction", "reactionId")),
    ...faultsOfIds("messages in the log", ids(messages), told("message", "messageId")),
  );
  return faults;
}

function faultsOfStore(truth: Truth, state: ClientState): string[] {
  const faults: string[] = [];
  const seen = state.events as Truth["events"];
  const numbers = seen.map(({ seq }) => seq);
  faults.push(...faultsOfIds("events", truth.events.map(({ id }) => id), ids(seen)));
  if (numbers.some((seq, index) => seq !== index + 1)) {
    faults.push(`events are out of order or do not begin with 1: ${numbers.slice(0, 50)} …`);
  }
  for (const [index, event] of seen.entries()) {
    const right = truth.events[index];
    if (right && right.id === event.id && !isDeepStrictEqual(event, right)) {
      faults.push(`event ${event.seq} differs: ${shown(event)} instead of ${shown(right)}`);
    }
  }
  const { snapshot } = truth;
  const session = differences(state.session, snapshot.session);
  if (session !== "") faults.push(`the session differs: ${session}`);
  const participants = differences(state.participants, snapshot.participants);
  if (participants !== "") faults.push(`the participants differ: ${participants}`);
  if (state.outbox.length > 0) faults.push(`the outbox holds ${shown(state.outbox)}`);
  return faults;
}

function faultsOfMade(truth: Truth, { id: me, made, kills }: Witnessed): string[] {
  const sets = new Map<string, { weightKg: number; reps: number }>();
  for (const one of made) {
    if (one.made === "set") sets.set(one.id, { weightKg: one.weightKg, reps: one.reps });
    else if (one.made === "set_removal") sets.delete(one.id);
    else if (one.made === "set_change") {
      const set = sets.get(one.id);
      if (set) set.reps = one.reps;
    }
  }
  const mine = <Row extends { userId: string }>(rows: readonly Row[]) =>
    rows.filter(({ userId }) => userId === me);
  const madeOf = (kind: Made["made"]) =>
    made.filter((one) => one.made === kind).map(({ id }) => id);
  const faults = [
    ...faultsOfIds("own sets", [...sets.keys()], ids(mine(truth.sets)), kills),
    ...faultsOfIds("own reactions", madeOf("reaction"), ids(mine(truth.reactions)), kills),
    ...faultsOfIds("own messages", madeOf("message"), ids(mine(truth.messages)), kills),
  ];
  let amendedUnnoted = 0;
  for (const { id, weightKg, reps } of mine(truth.sets)) {
    const right = sets.get(id);
    if (!right || (right.weightKg === weightKg && right.reps === reps)) continue;
    if (++amendedUnnoted <= kills) continue;
    faults.push(`set ${id} is ${weightKg} kg × ${reps}, not ${right.weightKg} × ${right.reps}`);
  }
  return faults;
}

/** Compares as multisets. @param spare how many more there may be than expected */
function faultsOfIds(
  what: string,
  expected: readonly string[],
  actual: readonly string[],
  spare = 0,
): string[] {
  const left = new Map<string, number>();
  for (const id of actual) left.set(id, (left.get(id) ?? 0) + 1);
  const lost: string[] = [];
  for (const id of expected) {
    const count = left.get(id) ?? 0;
    if (count === 0) lost.push(id);
    else left.set(id, count - 1);
  }
  const known = new Set(expected);
  const surplus = [...left].filter(([, count]) => count > 0).map(([id]) => id);
  const twice = surplus.filter((id) => known.has(id));
  const strange = surplus.filter((id) => !known.has(id));
  const faults: string[] = [];
  if (lost.length > 0) faults.push(`${what}: ${lost.length} lost: ${lost.slice(0, 3)}`);
  if (twice.length > 0) faults.push(`${what}: ${twice.length} twice: ${twice.slice(0, 3)}`);
  if (strange.length > spare) {
    faults.push(`${what}: ${strange.length} from nowhere: ${strange.slice(0, 3)}`);
  }
  return faults;
}

function ids(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** What an event tells by its own time, which is taken a moment later in the same transaction. */
const toldByTime = /\.(startedAt|endedAt|joinedAt|leftAt)$/;
const momentMs = 1_000;
/** A sign of life is no event: nobody is told. */
const notTold = /\.lastActiveAt$/;

/** Where two values differ, as far as a line shows it; empty if they do not. */
function differences(actual: unknown, expected: unknown, path = ""): string {
  if (isDeepStrictEqual(actual, expected) || notTold.test(path)) return "";
  if (toldByTime.test(path) && typeof actual === "number" && typeof expected === "number") {
    if (Math.abs(actual - expected) <= momentMs) return "";
  }
  if (!isObject(actual) || !isObject(expected)) {
    return `${path || "all of it"}: ${shown(actual)} instead of ${shown(expected)}; `;
  }
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    .map((key) => differences(actual[key], expected[key], `${path}.${key}`))
    .join("");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 300);
}

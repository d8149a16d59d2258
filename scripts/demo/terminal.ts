import {
  type LiveSession,
  type Room,
  selectMe,
  selectParticipants,
} from "@live-workout-together/client";
import { listenToKeys } from "./keys.ts";
import { type Person, signIn } from "./person.ts";
import { Screen } from "./screen.ts";
import type { Target } from "./target.ts";
import { describeEvent } from "./words.ts";

// One person in one terminal. Whoever does the same in another terminal is in the same session.

const NAME = "Demo";
const PAUSE_MS = 500;
const LONGEST_FAREWELL_MS = 5_000;

/**
 * Signs somebody in, finds or opens the session, and shows it until they leave.
 *
 * @param sets how many sets log themselves, one every half second
 * @throws LiveWorkoutError if the session cannot be entered
 */
export async function trainInTerminal(target: Target, email: string, sets: number): Promise<void> {
  const person = await signIn(target, email);
  try {
    const sessionId = await enter(person);
    const room = person.liveWorkout.openRoom(sessionId);
    showRoom(room, person);
    await room.ready;
    console.log("Enter logs a set, q leaves.\n");
    const keys = listenToKeys(() => logSet(room));
    const automatic = logEvery(PAUSE_MS, sets, room);
    await Promise.race([keys.quit, over(room)]);
    automatic.stop();
    keys.close();
    await leave(room, person);
  } finally {
    await person.close();
  }
}

/** The session of this name that one is in, or a friend is; else a new one. */
async function enter({ liveWorkout: { sessions } }: Person): Promise<string> {
  const mine = await openSessions(sessions.browse({ scope: "mine", status: "active" }));
  const [present] = mine;
  if (present !== undefined) {
    await sessions.join(present.id);
    return present.id;
  }
  const friends = () => openSessions(sessions.browse({ scope: "friends", status: "active" }));
  const [found] = await friends();
  if (found !== undefined) return (await sessions.join(found.id)).session.id;

  const { session } = await sessions.open({ mode: "shared", name: NAME, visibility: "friends" });
  await sessions.start(session.id);
  // Two terminals that were started at once each opened one: the older one stays.
  const [oldest] = [session, ...await friends()].sort(byAge);
  if (oldest === undefined || oldest.id === session.id) return session.id;
  await sessions.leave(session.id);
  return (await sessions.join(oldest.id)).session.id;
}

async function openSessions(page: Promise<{ items: LiveSession[] }>): Promise<LiveSession[]> {
  const { items } = await page;
  return items.filter(({ name, mode }) => name === NAME && mode === "shared").sort(byAge);
}

function byAge(one: LiveSession, other: LiveSession): number {
  return one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
}

function showRoom(room: Room, person: Person): void {
  let connection = "";
  room.store.subscribe((state) => {
    const { catchUp } = state;
    const now = catchUp === null
      ? state.connection
      : `catching up, ${catchUp.have} of ${catchUp.of}`;
    if (now === connection || now === "closed") return;
    connection = now;
    const names = selectParticipants(state).map(({ displayName }) => displayName);
    console.log(now === "live" ? `· live, with ${names.join(", ")}` : `· ${now}`);
  });
  new Screen(room, person.displayName, (event, nameOf) => {
    console.log(`#${String(event.seq).padStart(3)}  ${describeEvent(event, nameOf)}`);
  });
}

function logSet(room: Room): void {
  const done = selectMe(room.store.getState())?.setsCompleted ?? 0;
  room.logSet({
    exerciseId: "squat",
    exerciseName: "Squat",
    weightKg: 80 + 2.5 * (done % 12),
    reps: 5,
  });
}

function logEvery(ms: number, count: number, room: Room): { stop(): void } {
  let left = count;
  const timer = setInterval(() => {
    if (left-- > 0) logSet(room);
    else clearInterval(timer);
  }, ms);
  return { stop: () => clearInterval(timer) };
}

/** Resolves when the room is over without one's doing. */
function over(room: Room): Promise<void> {
  return new Promise((resolve) => {
    room.store.subscribe(({ connection, session }) => {
      if (connection === "closed" || session?.status === "ended") resolve();
    });
  });
}

async function leave(room: Room, { liveWorkout }: Person): Promise<void> {
  const { closedReason, session } = room.store.getState();
  if (closedReason !== null) {
    console.log(`\n${closedReason.detail}`);
    return;
  }
  // What is on its way arrives first: in a session one has left, no set is taken.
  const outbox = await liveWorkout.outbox();
  const late = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_FAREWELL_MS));
  await Promise.race([outbox.whenIdle(), late]);
  const me = selectMe(room.store.getState());
  await room.close();
  if (session?.status === "active") await liveWorkout.sessions.leave(room.sessionId);
  const sets = me?.setsCompleted ?? 0;
  const volume = me?.totalVolumeKg ?? 0;
  console.log(`\nLeft, after ${sets} ${sets === 1 ? "set" : "sets"}, ${volume} kg.`);
}

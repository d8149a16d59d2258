import { leaveOpenSessions, type Person, signIn } from "./person.ts";
import { Screen } from "./screen.ts";
import type { Target } from "./target.ts";
import { describeEvent, describeSummary } from "./words.ts";

// Three people of the seed train together, each with a client and a screen of their own.

const EMAILS =
  (Deno.env.get("DEMO_EMAILS") ?? "alice@example.com,bob@example.com,carol@example.com")
    .split(",").map((email) => email.trim());

/**
 * Lets them train and shows what arrives on each screen, with the proof that it is the same on all.
 *
 * @throws Error if anything is not as it should be
 */
export async function trainTogether(target: Target): Promise<void> {
  const people = await Promise.all(EMAILS.map((email) => signIn(target, email)));
  try {
    await train(people);
  } finally {
    for (const person of people) await person.close();
  }
}

async function train(people: readonly Person[]): Promise<void> {
  const [host, ...others] = people;
  if (!host || others.length === 0) throw new Error("DEMO_EMAILS names at least two people.");
  for (const person of people) await leaveOpenSessions(person);

  console.log(`\n${people.map((person) => person.displayName).join(", ")} train together.`);
  console.log("Left the screen, right what arrives on it, numbered by the session's log.\n");
  const { sessions } = host.liveWorkout;
  const { session: { id } } = await sessions.open({
    mode: "shared",
    name: "Demo",
    visibility: "friends",
  });
  const screens: Screen[] = [];
  for (const person of people) {
    if (person !== host) await person.liveWorkout.sessions.join(id);
    screens.push(await openScreen(person, id));
  }
  await sessions.start(id);
  const took = await logSets(screens);

  const ended = screens.map((screen) => screen.sees((event) => event.type === "session_ended"));
  const { summary } = await sessions.end(id);
  await Promise.all(ended);
  for (const screen of screens) await screen.room.close();

  console.log("\nRecap");
  for (const line of describeSummary(summary)) console.log(`  ${line}`);
  took.sort((a, b) => a - b);
  console.log(
    `\nA set reached the last of ${people.length} screens in ` +
      `${took[Math.floor(took.length / 2)]!.toFixed(1)} ms at the median, ` +
      `${took.at(-1)!.toFixed(1)} ms at most.`,
  );
  for (const screen of screens) checkFeed(screen);
  console.log("Every screen showed every event from its first to the last, once and in order.");
}

async function openScreen(person: Person, sessionId: string): Promise<Screen> {
  const room = person.liveWorkout.openRoom(sessionId);
  const name = person.displayName.padEnd(6);
  const screen = new Screen(room, person.displayName, (event, nameOf) => {
    const seq = String(event.seq).padStart(3);
    console.log(`  ${name} │ #${seq}  ${describeEvent(event, nameOf)}`);
  });
  await new Promise<void>((resolve) => {
    const look = () => room.store.getState().connection === "live" && resolve();
    room.store.subscribe(look);
    look();
  });
  return screen;
}

/** Three rounds of squats; how long each set took to the last of the screens, in ms. */
async function logSets(screens: readonly Screen[]): Promise<number[]> {
  const took: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [index, { room }] of screens.entries()) {
      const weightKg = 80 + index * 20 + round * 5;
      took.push(await logSet(screens, room, weightKg));
    }
  }
  return took;
}

async function logSet(
  screens: readonly Screen[],
  room: Screen["room"],
  weightKg: number,
): Promise<number> {
  const loggedAt = performance.now();
  const id = room.logSet({ exerciseId: "squat", exerciseName: "Squat", weightKg, reps: 5 });
  const arrivals = screens.map((screen) =>
    screen.sees((event) => event.type === "set_completed" && event.data.setId === id)
  );
  const took = Math.max(...await Promise.all(arrivals)) - loggedAt;
  console.log(`  ⏱ on all ${screens.length} screens ${took.toFixed(1)} ms after it was logged`);
  return took;
}

function checkFeed({ events, owner }: Screen): void {
  if (events.at(-1)?.type !== "session_ended") {
    throw new Error(`${owner} did not see the end.`);
  }
  events.forEach((event, index) => {
    if (event.seq !== index + 1) {
      throw new Error(`${owner} saw #${event.seq} where #${index + 1} was due.`);
    }
  });
}

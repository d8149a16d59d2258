import type { LiveSession } from "../../supabase/functions/_shared/schemas/live-session.ts";
import type { LiveSessionSummary } from "../../supabase/functions/_shared/schemas/live-session-summary.ts";
import { Person, Refusal } from "./person.ts";
import { clientFor, findTarget, type Target } from "./target.ts";
import { describeEvent, describeSummary } from "./words.ts";

// Three people of the seed train together, over the public API only: the edge functions, the REST API
// and Realtime, each with a client of their own.

const PASSWORD = Deno.env.get("DEMO_PASSWORD") ?? "train-together";
const EMAILS =
  (Deno.env.get("DEMO_EMAILS") ?? "alice@example.com,bob@example.com,carol@example.com")
    .split(",").map((email) => email.trim());

interface SessionAnswer {
  session: LiveSession;
}

async function signInAll(target: Target): Promise<Person[]> {
  const names = new Map<string, string>();
  const nameOf = (id: string) => names.get(id) ?? "someone";
  const people = EMAILS.map((email) => {
    const screen = email.split("@")[0]!.padEnd(6);
    return new Person(clientFor(target), (event) => {
      const seq = String(event.seq).padStart(3);
      console.log(`  ${screen} │ #${seq}  ${describeEvent(event, nameOf)}`);
    });
  });
  await Promise.all(people.map((person, index) => person.signIn(EMAILS[index]!, PASSWORD)));
  for (const person of people) names.set(person.id, person.displayName);
  return people;
}

/** Whoever still stands in a session, from a demo that was broken off, leaves it. */
async function leaveOpenSession(person: Person): Promise<void> {
  for (const status of ["pending", "active"]) {
    const { items } = await person.call<{ items: LiveSession[] }>(
      "GET",
      `?scope=mine&status=${status}`,
    );
    for (const session of items) {
      try {
        await person.call("POST", `/${session.id}/leave`);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
}

/** Logs one set and says how long it took to every screen, and to its own answer (ms). */
async function logSet(
  people: Person[],
  person: Person,
  sessionId: string,
  set: { exercise_id: string; exercise_name: string; weight_kg: number; reps: number },
): Promise<number> {
  const id = crypto.randomUUID();
  const arrivals = people.map((other) =>
    other.sees((event) => event.type === "set_completed" && event.data.setId === id)
  );
  const sentAt = performance.now();
  const { error } = await person.supabase.from("live_session_sets").insert({
    id,
    session_id: sessionId,
    user_id: person.id,
    timestamp_ms: Date.now(),
    ...set,
  });
  if (error) throw new Error(`The set was refused: ${error.message} ${error.details ?? ""}`);
  const answeredAt = performance.now();
  const lastScreenAt = Math.max(...await Promise.all(arrivals));
  const took = lastScreenAt - sentAt;
  console.log(
    `  ⏱ on all ${people.length} screens ${took.toFixed(1)} ms after INSERT was sent ` +
      `(answered after ${(answeredAt - sentAt).toFixed(1)} ms)`,
  );
  return took;
}

async function train(target: Target): Promise<void> {
  const people = await signInAll(target);
  const [host, ...others] = people;
  if (!host || others.length === 0) throw new Error("DEMO_EMAILS names at least two people.");
  for (const person of people) await leaveOpenSession(person);

  console.log(`\n${people.map((person) => person.displayName).join(", ")} train together.`);
  console.log("Left the screen, right what arrives on it, numbered by the session's log.\n");
  const { session } = await host.call<SessionAnswer>("POST", "", {
    mode: "shared",
    name: "Demo",
    visibility: "friends",
  });
  await host.watch(session.id);
  for (const person of others) {
    await person.call("POST", `/${session.id}/join`);
    await person.watch(session.id);
  }
  await host.call("POST", `/${session.id}/start`);

  const took: number[] = [];
  for (let round = 0; round < 3; round++) {
    for (const [index, person] of people.entries()) {
      took.push(
        await logSet(people, person, session.id, {
          exercise_id: "squat",
          exercise_name: "Squat",
          weight_kg: 80 + index * 20 + round * 5,
          reps: 5,
        }),
      );
    }
  }

  const ended = people.map((person) => person.sees((event) => event.type === "session_ended"));
  const { summary } = await host.call<{ summary: LiveSessionSummary }>(
    "POST",
    `/${session.id}/end`,
  );
  await Promise.all(ended);

  console.log("\nRecap");
  for (const line of describeSummary(summary)) console.log(`  ${line}`);
  took.sort((a, b) => a - b);
  console.log(
    `\nA set reached the last of ${people.length} screens in ` +
      `${took[Math.floor(took.length / 2)]!.toFixed(1)} ms at the median, ` +
      `${took.at(-1)!.toFixed(1)} ms at most.`,
  );
  for (const person of people) checkFeed(person);
  console.log("Every screen showed every event from its first to the last, once and in order.");
  for (const person of people) await person.supabase.removeAllChannels();
}

function checkFeed(person: Person): void {
  person.events.forEach((event, index) => {
    const expected = person.events[0]!.seq + index;
    if (event.seq !== expected) {
      throw new Error(`${person.displayName} saw #${event.seq} where #${expected} was due.`);
    }
  });
}

let target: Target | undefined;
let failed = false;
try {
  target = await findTarget();
  console.log(`Demo on ${target.description}`);
  await train(target);
} catch (error) {
  failed = true;
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
} finally {
  await target?.stop();
}
Deno.exit(failed ? 1 : 0);

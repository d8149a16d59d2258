import { createInterface } from "node:readline";
import { join } from "node:path";
import process from "node:process";
import { createClient } from "@supabase/supabase-js";
import { createLiveWorkout, type LiveSessionEvent } from "../../client/src/index.ts";
import { signToken } from "../../scripts/shared/people.ts";
import { folderStorage, openJournal } from "./files.ts";
import type { ClientTask, Question, Saying } from "./messages.ts";
import { Random } from "./random.ts";
import { Trainee } from "./trainee.ts";

// Somebody's application: supabase-js, the client of this project, and a person who trains in it.
// Nothing in here knows of the trouble outside.

const task: ClientTask = JSON.parse(process.env.CHAOS_CLIENT ?? "");

function say(saying: Saying): void {
  process.stdout.write(JSON.stringify(saying) + "\n");
}

let token = { text: "", expiresAtMs: 0 };
let tokens = 0;
let lifeSeconds = task.tokenLifeSeconds;

/** Renewed when it has expired, and not a moment before: the worst that an application may do. */
async function accessToken(): Promise<string> {
  if (Date.now() >= token.expiresAtMs) {
    const text = await signToken({ JWT_SECRET: task.jwtSecret }, task.me, lifeSeconds);
    tokens++;
    token = { text, expiresAtMs: Date.now() + lifeSeconds * 1000 };
  }
  return token.text;
}

const supabase = createClient(task.url, task.publishableKey, { accessToken });
const liveWorkout = createLiveWorkout(supabase, {
  storage: folderStorage(join(task.folder, "storage")),
  userId: task.me.id,
});
const room = liveWorkout.openRoom(task.sessionId, { sync: { tailCheckMs: task.tailCheckMs } });
const { store } = room;

/** At every change: what was shown stays, and what comes is the next. */
let shown: readonly LiveSessionEvent[] = [];
store.subscribe(({ events }) => {
  if (events === shown) return;
  const kept = events.length >= shown.length &&
    (shown.length === 0 || events[shown.length - 1]?.id === shown.at(-1)?.id);
  if (!kept) say({ say: "fault", fault: "events that had been shown went or changed" });
  for (let index = shown.length; index < events.length; index++) {
    if (events[index]!.seq === index + 1) continue;
    say({ say: "fault", fault: `event ${events[index]!.seq} was shown as number ${index + 1}` });
    break;
  }
  shown = events;
});

const trainee = new Trainee(room, task, new Random(task.seed), openJournal(task.folder));

const lines = createInterface({ input: process.stdin });
// Nobody is there any more to ask.
lines.on("close", () => process.exit(0));
lines.on("line", (line) => {
  const { ask }: Question = JSON.parse(line);
  const { connection, events, outbox, session, participants, needsSnapshot } = store.getState();
  if (ask === "train") trainee.begin();
  else if (ask === "rest") {
    trainee.stop();
    // The end of the trouble is the end of tokens that are hardly good for anything.
    lifeSeconds = 3600;
  } else if (ask === "status") {
    say({
      say: "status",
      status: {
        connection,
        lastSeq: events.at(-1)?.seq ?? 0,
        isPresentSure: !needsSnapshot,
        pending: outbox.length,
        refused: outbox.filter(({ state }) => state === "refused").map((entry) =>
          JSON.stringify(entry)
        ),
      },
    });
  } else {
    say({
      say: "state",
      state: { session, participants, events: [...events], outbox: [...outbox], tokens },
    });
  }
});

say({ say: "ready" });

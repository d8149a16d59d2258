import { createClient } from "@supabase/supabase-js";
import {
  createLiveWorkout,
  type FeedEntry,
  LiveWorkoutError,
  type Room,
  type RoomState,
  selectFeed,
  selectParticipant,
  selectParticipants,
  selectRestLeft,
} from "@live-workout-together/client";

const supabase = createClient(
  "http://127.0.0.1:54321",
  "sb_publishable_ACJWlzQHlZjBrEguHvfOxg_3BJgxAaH", // printed by npm start
);
const liveWorkout = createLiveWorkout(supabase);
let room: Room | null = null;

on("sign-in", "submit", async (form) => {
  const { error } = await supabase.auth.signInWithPassword({
    email: String(form.get("email")),
    password: String(form.get("password")),
  });
  if (error) throw error;
  element("sign-in").hidden = true;
  await showLobby();
});

async function showLobby(): Promise<void> {
  element("room").hidden = true;
  element("lobby").hidden = false;
  // A session that one is still in comes first: the page was reloaded, or the battery was empty.
  const [mine, friends] = await Promise.all([
    liveWorkout.sessions.browse({ scope: "mine", status: "active" }),
    liveWorkout.sessions.browse({ scope: "friends", status: "active" }),
  ]);
  const buttons = [...mine.items, ...friends.items].map((session) => {
    const button = document.createElement("button");
    button.textContent = `Join ${session.name ?? "a session"} (${session.participantCount})`;
    button.onclick = () => attempt(() => join(session.id));
    return button;
  });
  element("sessions").replaceChildren(...buttons);
}

on("open", "click", async () => {
  const { session } = await liveWorkout.sessions.open({ mode: "shared", name: "Leg day" });
  await liveWorkout.sessions.start(session.id);
  enter(session.id);
});

async function join(sessionId: string): Promise<void> {
  await liveWorkout.sessions.join(sessionId);
  enter(sessionId);
}

function enter(sessionId: string): void {
  element("lobby").hidden = true;
  element("room").hidden = false;
  room = liveWorkout.openRoom(sessionId);
  room.store.subscribe(render);
  render(room.store.getState());
}

on("set", "submit", (form) => {
  // In the feed at once; sent now, or as soon as there is a network.
  room?.logSet({
    exerciseId: "squat",
    exerciseName: "Squat",
    setType: "working",
    weightKg: Number(form.get("weightKg")),
    reps: Number(form.get("reps")),
  });
});

on("leave", "click", async () => {
  if (room === null) return;
  await liveWorkout.sessions.leave(room.sessionId);
  await room.close();
  room = null;
  await showLobby();
});

function render(state: RoomState): void {
  const { catchUp, closedReason, connection, session } = state;
  element("name").textContent = session?.name ?? "";
  element("connection").textContent = closedReason?.detail ??
    (catchUp ? `Catching up: ${catchUp.have} of ${catchUp.of}` : connection);
  element("participants").replaceChildren(
    ...selectParticipants(state).map((person) =>
      item(`${person.displayName}: ${person.setsCompleted} sets, ${person.totalVolumeKg} kg`)
    ),
  );
  element("feed").replaceChildren(...selectFeed(state).map((line) => item(words(state, line))));
}

// The clock is the server's: everybody's rest ends at the same moment.
setInterval(() => {
  const left = room === null ? 0 : selectRestLeft(room.store.getState(), Date.now());
  element("rest").textContent = left > 0 ? `Rest: ${Math.ceil(left / 1000)} s` : "";
}, 200);

function words(state: RoomState, line: FeedEntry): string {
  if (line.kind === "own") {
    // Made here, and not in the log yet.
    const { entry, delivery } = line;
    if (entry.kind === "message") return `${entry.message} (${delivery})`;
    if (entry.kind === "reaction") return `${entry.reaction.emote} (${delivery})`;
    return `${entry.set.reps} × ${entry.set.weightKg} kg (${entry.error?.detail ?? delivery})`;
  }
  const { event, set } = line;
  const who = selectParticipant(state, event.userId)?.displayName ?? "Someone";
  if (set) return `${who}: ${set.reps} × ${set.weightKg} kg${set.isPR ? ", a record!" : ""}`;
  if (event.type === "message") return `${who}: ${event.data.message}`;
  return `${who}: ${event.type.replaceAll("_", " ")}`;
}

function item(text: string): HTMLLIElement {
  const li = document.createElement("li");
  li.textContent = text;
  return li;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`There is no #${id} on this page.`);
  return found;
}

function on(id: string, type: "click" | "submit", act: (form: FormData) => unknown): void {
  const source = element(id);
  source.addEventListener(type, (event) => {
    event.preventDefault();
    void attempt(() => act(new FormData(source instanceof HTMLFormElement ? source : undefined)));
  });
}

async function attempt(act: () => unknown): Promise<void> {
  element("problem").textContent = "";
  try {
    await act();
  } catch (error) {
    // `detail` is a sentence for a person, `code` is for programs.
    element("problem").textContent = error instanceof LiveWorkoutError
      ? `${error.detail} (${error.code})`
      : String(error);
  }
}

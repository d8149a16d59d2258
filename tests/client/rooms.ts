import type { Room, RoomOptions } from "../../client/src/room/interface.ts";
import { openRoom } from "../../client/src/room/room.ts";
import { selectFeed } from "../../client/src/store/index.ts";
import type { NewSet } from "../../client/src/types.ts";
import { withDatabase } from "../helpers/database.ts";
import type { Person } from "../helpers/people.ts";
import { joinSession, openSession, startSession } from "../helpers/sessions.ts";
import { type Device, switchOff } from "./devices.ts";
import { until } from "./sync_support/until.ts";

const rooms: Room[] = [];

/** Opens a room, to be closed after the test. */
export function open(device: Device, sessionId: string, options?: RoomOptions): Room {
  const room = openRoom(device.liveWorkout, sessionId, options);
  rooms.push(room);
  return room;
}

/** Closes all rooms and switches all devices off. To be called after each test. */
export async function closeRooms(): Promise<void> {
  await Promise.all(rooms.splice(0).map((room) => room.close()));
  await switchOff();
}

/** Five squats. */
export const squat = (weightKg: number): NewSet => ({
  exerciseId: "squat",
  exerciseName: "Squat",
  weightKg,
  reps: 5,
});

/** A session that has begun, with these people in it. */
export async function training(host: Person, ...others: Person[]): Promise<string> {
  const { id } = await openSession(host);
  await joinSession(id, ...others);
  await startSession(id, host);
  return id;
}

/** Waits until rooms are live. */
export async function live(...all: Room[]): Promise<void> {
  await until(
    () => all.every(({ store }) => store.getState().connection === "live"),
    "rooms to be live",
  );
}

/** Lets hours pass without a sign of life; one that is on its way comes too late. */
export async function fallSilent(sessionId: string, person: Person): Promise<void> {
  await withDatabase((sql) =>
    sql.begin(async (sql) => {
      await sql`update public.live_session_participants
        set last_active_at = now() - interval '7 hours'
        where session_id = ${sessionId} and user_id = ${person.id}`;
      await sql`select private.run_janitor(now())`;
    })
  );
}

/** What the lines of a feed are about, without what everybody's comings and goings are. */
export function words(room: Room): string[] {
  return selectFeed(room.store.getState()).flatMap((entry) => {
    if (entry.kind === "own") return [`own ${entry.entry.kind} ${entry.delivery}`];
    const { event } = entry;
    if (event.type === "message") return [event.data.message];
    return event.type === "set_completed" || event.type === "reaction" ? [event.type] : [];
  });
}

import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { callRpc } from "../../supabase/functions/_shared/rpc.ts";
import {
  Constants,
  type Database,
  type DatabaseLiveSession,
  type DatabaseLiveSessionEvent,
  type DatabaseLiveSessionInsert,
  type DatabaseLiveSessionSetInsert,
  type DatabaseLiveSessionUpdate,
  type DatabaseQuickReaction,
  type DatabaseWorkout,
  type DatabaseWorkoutPresence,
  type JsonLiveSessionEventData,
  type JsonWorkoutSet,
} from "../../supabase/functions/_shared/database.types.ts";
import { LiveSessionEvent } from "../../supabase/functions/_shared/schemas/live-session-event.ts";
import { LiveSessionSummary } from "../../supabase/functions/_shared/schemas/live-session-summary.ts";
import { PlannedExercise } from "../../supabase/functions/_shared/schemas/planned-exercise.ts";
import { withDatabase } from "../helpers/database.ts";
import { createPerson } from "../helpers/people.ts";
import { endSession, openSession, startSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { runScript } from "./script.ts";

describe("database.types.ts", () => {
  it("is what the database says", async () => {
    const result = await runScript("types", ["--check", "--db-url", runningStack().DB_URL]);
    expect(result.errors + result.output).toMatch(/database\.types\.ts is up to date/);
    expect(result.code).toBe(0);
  });

  it("says what is wrong with a database that cannot be read", async () => {
    const nowhere = "postgresql://postgres:postgres@127.0.0.1:1/postgres";
    const result = await runScript("types", ["--check", "--db-url", nowhere]);
    expect(result.code).toBe(1);
    expect(result.errors).toMatch(/supabase gen types failed/);
  });

  // What follows is for the compiler: deno check fails if a type is not so.
  it("names rows, and what inserts and updates them", () => {
    expectTypeOf<DatabaseLiveSession["status"]>().toEqualTypeOf<"pending" | "active" | "ended">();
    expectTypeOf<DatabaseLiveSessionInsert["id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<DatabaseLiveSessionInsert["host_id"]>().toEqualTypeOf<string>();
    expectTypeOf<DatabaseLiveSessionUpdate["host_id"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<DatabaseLiveSessionSetInsert["weight_kg"]>().toEqualTypeOf<number>();
    expectTypeOf<DatabaseWorkoutPresence["live_session_id"]>().toEqualTypeOf<string | null>();
    expectTypeOf<DatabaseQuickReaction["emote"]>().toEqualTypeOf<
      "like" | "fire" | "skull" | "crown" | "bolt" | "clap"
    >();
  });

  it("knows what jsonb columns hold", () => {
    expectTypeOf<DatabaseLiveSession["planned_exercises"]>().toEqualTypeOf<PlannedExercise[]>();
    expectTypeOf<DatabaseWorkout["sets"]>().toEqualTypeOf<JsonWorkoutSet[]>();
    expectTypeOf<DatabaseLiveSessionEvent["event_data"]>().toEqualTypeOf<
      JsonLiveSessionEventData
    >();
    expectTypeOf<JsonLiveSessionEventData["type"]>().toEqualTypeOf<
      Database["public"]["Enums"]["live_session_event_type"]
    >();
    type Message = Extract<JsonLiveSessionEventData, { type: "message" }>;
    expectTypeOf<Message["data"]["message"]>().toEqualTypeOf<string>();
  });

  it("says which functions callRpc may call, and with what", () => {
    type Functions = Database["public"]["Functions"];
    expectTypeOf<Parameters<typeof callRpc>[1]>().toEqualTypeOf<keyof Functions>();
    expectTypeOf<Functions["join_live_session"]["Args"]>().toEqualTypeOf<
      { session_id_param: string }
    >();
    expectTypeOf<Functions["create_live_session"]["Returns"]>().toEqualTypeOf<
      DatabaseLiveSession
    >();
  });
});

describe("what the types say of the database", () => {
  it("is so: every type of event is described", () => {
    const described = LiveSessionEvent.options.map((option) => option.shape.type.value);
    expect(described.toSorted()).toEqual(
      Constants.public.Enums.live_session_event_type.toSorted(),
    );
  });

  it("is so: jsonb columns hold what their types say", async () => {
    const host = await createPerson("Host");
    const plan = [{ exerciseId: "squat", targetSets: 3, targetRepsMin: 5, targetRepsMax: 8 }];
    const session = await openSession(host, { plannedExercises: plan });
    await startSession(session.id, host);
    await withDatabase((sql) =>
      sql`insert into public.live_session_sets
        (session_id, user_id, exercise_id, exercise_name, weight_kg, reps, timestamp_ms)
        values (${session.id}, ${host.id}, 'squat', 'Squat', 100, 5, ${Date.now()})`
    );
    await endSession(session.id, host);

    const Sets = z.array(z.strictObject({
      id: z.string(),
      exerciseId: z.string(),
      weightKg: z.number(),
      reps: z.int(),
      timestampMs: z.int(),
    }));
    expectTypeOf<z.infer<typeof Sets>>().toEqualTypeOf<JsonWorkoutSet[]>();
    await withDatabase(async (sql) => {
      const [row] = await sql`
        select planned_exercises, summary from public.live_sessions where id = ${session.id}`;
      expect(z.array(PlannedExercise).parse(row?.planned_exercises)).toEqual(plan);
      z.strictObject(LiveSessionSummary.omit({ session: true, participants: true }).shape)
        .parse(row?.summary);
      const [workout] = await sql`select sets from public.workouts where user_id = ${host.id}`;
      expect(Sets.parse(workout?.sets)).toHaveLength(1);
      const events = await sql`
        select id, seq::int, session_id, user_id, event_data from public.live_session_events
        where session_id = ${session.id} order by seq`;
      expect(events.map(({ event_data }) => event_data.type)).toEqual([
        "session_created",
        "session_started",
        "set_completed",
        "session_ended",
      ]);
      for (const { id, seq, session_id, user_id, event_data } of events) {
        LiveSessionEvent.parse({
          id,
          seq,
          sessionId: session_id,
          userId: user_id,
          timestamp: 0,
          ...event_data,
        });
      }
    });
  });
});

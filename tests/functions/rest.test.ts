import { describe, expect, it } from "vitest";
import { createPerson } from "../helpers/people.ts";
import { openSession, startSession } from "../helpers/sessions.ts";
import { signUp } from "../helpers/tokens.ts";
import { clientOf } from "../realtime/clients.ts";

// What a frontend meets beside the functions: Auth and the tables over REST.

describe("signing up", () => {
  it("makes a profile with the name that was given", async () => {
    const account = await signUp(`${crypto.randomUUID()}@example.com`, "Grace Hopper");
    const { data, error } = await clientOf(account).from("users").select("display_name")
      .eq("id", account.id);
    expect(error).toBeNull();
    expect(data).toEqual([{ display_name: "Grace Hopper" }]);
  });
});

describe("a set over REST", () => {
  it("has numbers that are numbers", async () => {
    const person = await createPerson("Lifter");
    const { id } = await openSession(person);
    await startSession(id, person);
    const client = clientOf(person);
    const set = {
      id: crypto.randomUUID(),
      session_id: id,
      user_id: person.id,
      exercise_id: "squat",
      exercise_name: "Squat",
      weight_kg: 102.5,
      reps: 5,
      timestamp_ms: Date.now(),
    };
    expect((await client.from("live_session_sets").insert(set)).error).toBeNull();
    const { data } = await client.from("live_session_sets")
      .select("weight_kg, reps, timestamp_ms, e1rm_kg").eq("id", set.id).single();
    expect(data).toEqual({
      weight_kg: 102.5,
      reps: 5,
      timestamp_ms: set.timestamp_ms,
      e1rm_kg: 119.583,
    });
  });
});

import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hangUp, json, type Project, session, startProject } from "./calls/testing/server.ts";
import { createLiveWorkout } from "./live-workout.ts";
import { memoryStorage } from "./outbox/storage.ts";

let project: Project;
beforeAll(async () => {
  project = await startProject();
});
afterAll(() => project.close());

const ALICE = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";
const BOB = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02";
const SESSION = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a03";

/** An application that was started. */
function start(storage = memoryStorage()) {
  const supabase = createClient(project.url, "sb_publishable_test", {
    auth: { persistSession: false, autoRefreshToken: false },
  });
  const signIn = async (id: string) => {
    const { reply } = project;
    project.reply = json(200, session(id, 3600));
    await supabase.auth.signInWithPassword({ email: "a@example.com", password: "secret" });
    project.reply = reply;
  };
  return { signIn, storage, liveWorkout: createLiveWorkout(supabase, { storage }) };
}

describe("the outbox", () => {
  it("is one for all who ask, and another one for another person", async () => {
    project.reply = hangUp;
    const { liveWorkout, signIn } = start();
    await signIn(ALICE);
    const [hers, again] = await Promise.all([liveWorkout.outbox(), liveWorkout.outbox()]);
    expect(again).toBe(hers);
    hers.add({ kind: "message", sessionId: SESSION, message: "Hello" });
    await signIn(BOB);
    const his = await liveWorkout.outbox();
    expect(his.entries()).toEqual([]);
    await signIn(ALICE);
    expect((await liveWorkout.outbox()).entries()).toMatchObject([{ message: "Hello" }]);
    await liveWorkout.close();
  });

  it("goes on sending after the application was closed and opened again", async () => {
    project.reply = hangUp;
    const first = start();
    await first.signIn(ALICE);
    const before = await first.liveWorkout.outbox();
    const id = before.add({ kind: "message", sessionId: SESSION, message: "From the basement" });
    await before.saved();
    await first.liveWorkout.close();

    project.reply = json(201, null);
    const second = start(first.storage);
    await second.signIn(ALICE);
    project.heard.length = 0;
    const after = await second.liveWorkout.outbox();
    await after.flush();
    expect(project.heard).toMatchObject([{
      method: "POST",
      path: expect.stringMatching(/^\/rest\/v1\/live_session_messages/),
      body: { id, session_id: SESSION, message: "From the basement" },
    }]);
    expect(after.entries()).toMatchObject([{ id, state: "delivered" }]);
    await second.liveWorkout.close();
  });
});

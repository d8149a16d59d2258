import { createClient } from "@supabase/supabase-js";
import { expect, it } from "vitest";
import { createLiveWorkout, memoryStorage } from "../../client/src/index.ts";
import { createPeople } from "../helpers/people.ts";
import { openSession, startSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { signToken } from "../helpers/tokens.ts";

it("sends on soon after a token that had expired on its way, though the room stays live", async () => {
  const [ann] = await createPeople("Ann");
  const { id } = await openSession(ann);
  await startSession(id, ann);
  const expired = await signToken(ann, { expiresInSeconds: -5 });
  let isLate = false;
  const supabase = createClient(runningStack().API_URL, runningStack().PUBLISHABLE_KEY, {
    accessToken: () => {
      const token = isLate ? expired : ann.token;
      isLate = false;
      return Promise.resolve(token);
    },
  });
  const liveWorkout = createLiveWorkout(supabase, { userId: ann.id, storage: memoryStorage() });
  const room = liveWorkout.openRoom(id);
  try {
    await expect.poll(() => room.store.getState().connection, { timeout: 15_000 }).toBe("live");
    isLate = true;
    room.logSet({
      exerciseId: "squat",
      exerciseName: "Squat",
      setType: "working",
      weightKg: 50,
      reps: 5,
    });
    await expect.poll(() => room.store.getState().outbox[0]?.error?.code, { interval: 5 })
      .toBe("unauthenticated");
    await expect.poll(() => room.store.getState().outbox, { timeout: 15_000 }).toEqual([]);
    expect(room.store.getState().events.at(-1)?.type).toBe("set_completed");
  } finally {
    await room.close();
    await liveWorkout.close();
  }
});

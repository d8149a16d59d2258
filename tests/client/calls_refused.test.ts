import { describe, expect, it } from "vitest";
import { newId } from "../../client/src/ids.ts";
import { createPeople } from "../helpers/people.ts";
import { signToken } from "../helpers/tokens.ts";
import { callsOfPerson, callsWith, refusalOf } from "./calls_support.ts";

const SQUAT = { exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps: 5 };

describe("refusals", () => {
  it("are the same by route and by table", async () => {
    const [alice, stranger] = await createPeople("Alice", "Stranger");
    const [hers, theirs] = [callsOfPerson(alice), callsOfPerson(stranger)];
    const { session: { id } } = await hers.sessions.open({ mode: "shared", visibility: "private" });
    const notFound = { code: "session_not_found", status: 404, isRetryable: false };
    expect(await refusalOf(theirs.sessions.join(id))).toMatchObject(notFound);
    expect(await refusalOf(theirs.talk.say(id, "Hello?"))).toMatchObject(notFound);
    const notStarted = { code: "session_not_started", status: 409 };
    expect(await refusalOf(hers.sets.log(id, SQUAT))).toMatchObject(notStarted);
    const second = await refusalOf(hers.sessions.open({ mode: "shared" }));
    expect(second).toMatchObject({ code: "already_in_session", requestId: expect.any(String) });
    expect(second.members).toEqual({ sessionId: id });
    expect(await refusalOf(theirs.presence.setStatus(id, "resting")))
      .toMatchObject({ code: "not_participant" });
    expect(await refusalOf(hers.sets.amend(newId(), { reps: 1 })))
      .toMatchObject({ code: "not_found" });
    await hers.sessions.end(id);
  });

  it("tell that one has to sign in (again)", async () => {
    const [alice] = await createPeople("Alice");
    const expired = callsWith(await signToken(alice, { expiresInSeconds: -60 }));
    for (const calls of [callsWith(null), expired]) {
      for (const call of [() => calls.sessions.browse(), () => calls.presence.friends()]) {
        expect(await refusalOf(call())).toMatchObject({ code: "unauthenticated", status: 401 });
      }
    }
  });
});

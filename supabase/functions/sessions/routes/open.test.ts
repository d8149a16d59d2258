import { describe, expect, it } from "vitest";
import { itRefusesWhatEveryRouteRefuses } from "../../_shared/testing/common-refusals.ts";
import {
  GUEST_ID,
  NOW,
  participant,
  participantAnswer,
  session,
  SESSION_ID,
} from "../../_shared/examples.ts";
import { itRefusesBodies } from "../../_shared/testing/one-call.ts";
import { useSessions } from "./testing.ts";

const good = { method: "POST", path: "/sessions", body: { mode: "shared" } } as const;

describe("POST /sessions", () => {
  const harness = useSessions();
  itRefusesWhatEveryRouteRefuses(harness, good);

  it("opens a session with everything that was given", async () => {
    harness().answerWith({
      session,
      participant,
      invitations: [{ recipientId: GUEST_ID, outcome: "invited" }],
      serverNow: NOW,
    });
    const plannedExercises = [
      { exerciseId: "squat", targetSets: 5, targetRepsMin: 3, targetRepsMax: 5 },
    ];
    const answer = await harness().call("/sessions", {
      method: "POST",
      body: {
        mode: "guided",
        name: "Leg day",
        theme: "strength",
        visibility: "private",
        maxParticipants: 4,
        plannedExercises,
        inviteeIds: [GUEST_ID],
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe(`/functions/v1/sessions/${SESSION_ID}`);
    expect(answer.body).toEqual({
      session,
      participant,
      invitations: [{ recipientId: GUEST_ID, outcome: "invited" }],
      serverNow: NOW,
    });
    expect(harness().onlyRestCall()).toMatchObject({
      path: "/rest/v1/rpc/open_live_session",
      body: {
        mode_param: "guided",
        name_param: "Leg day",
        theme_param: "strength",
        visibility_param: "private",
        max_participants_param: 4,
        planned_exercises_param: plannedExercises,
        invitee_ids_param: [GUEST_ID],
      },
    });
  });

  it("hands the Idempotency-Key on", async () => {
    harness().answerWith(participantAnswer);
    const headers = { "idempotency-key": "once" };
    expect(await harness().call("/sessions", { ...good, headers })).toMatchObject({ status: 201 });
    expect(harness().onlyRestCall().headers["idempotency-key"]).toBe("once");
  });

  it("leaves what was not given to the database", async () => {
    harness().answerWith({ session, participant, serverNow: NOW });
    const answer = await harness().call("/sessions", good);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ session, participant, serverNow: NOW });
    expect(harness().onlyRestCall().body).toEqual({ mode_param: "shared" });
  });

  itRefusesBodies(harness, good, [
    [{}, "mode"],
    [{ mode: "solo" }, "mode"],
    [{ mode: 1 }, "mode"],
    [{ mode: "shared", name: "" }, "name"],
    [{ mode: "shared", name: null }, "name"],
    [{ mode: "shared", name: "x".repeat(101) }, "name"],
    [{ mode: "shared", name: "a\0b" }, "name"],
    [{ mode: "shared", theme: "x".repeat(51) }, "theme"],
    [{ mode: "shared", visibility: "secret" }, "visibility"],
    [{ mode: "shared", maxParticipants: 1 }, "maxParticipants"],
    [{ mode: "shared", maxParticipants: 51 }, "maxParticipants"],
    [{ mode: "shared", maxParticipants: "4" }, "maxParticipants"],
    [{ mode: "shared", maxParticipants: 2.5 }, "maxParticipants"],
    [{ mode: "shared", plannedExercises: {} }, "plannedExercises"],
    [
      { mode: "shared", plannedExercises: [{ exerciseId: "a", targetSets: 0 }] },
      "plannedExercises.0.targetSets",
    ],
    [
      { mode: "shared", plannedExercises: [{ exerciseId: "a", targetSets: 1, kg: 5 }] },
      "plannedExercises.0.kg",
    ],
    [{ mode: "shared", inviteeIds: ["me"] }, "inviteeIds.0"],
    [{ mode: "shared", inviteeIds: Array(51).fill(GUEST_ID) }, "inviteeIds"],
  ]);
});

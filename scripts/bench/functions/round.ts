import { z } from "zod";
import type { Send } from "./calls.ts";
import type { Caller } from "./target.ts";

/** Who takes part: the host and the guest are friends, the others come by themselves. */
export interface Cast {
  readonly host: Caller;
  readonly guest: Caller;
  readonly visitor: Caller;
  readonly passerby: Caller;
}

const withSession = z.object({ session: z.object({ id: z.string(), version: z.number() }) });
const invited = z.object({
  results: z.tuple([z.object({ invitation: z.object({ id: z.string() }) })]),
});
const link = z.object({ id: z.string(), code: z.string() });

const PLAN = ["squat", "bench-press", "row"].map((exerciseId) => ({ exerciseId, targetSets: 3 }));

/** A session from its opening to its recap, in which every route is called at least once. */
export async function playRound(send: Send, { host, guest, visitor, passerby }: Cast) {
  for (const name of ["sessions", "invitations", "guided"]) {
    await send(`GET /${name}/health`, null);
    await send(`GET /${name}/openapi.json`, null);
  }
  const opened = withSession.parse(
    await send("POST /sessions", host, {}, {
      mode: "guided",
      name: "Leg day",
      visibility: "public",
      plannedExercises: PLAN,
    }),
  );
  const { id } = opened.session;
  const path = { id };
  await send("PATCH /sessions/{id}", host, path, { theme: "strength" });
  await send("GET /sessions?scope=mine", host);
  await gather(send, id, { host, guest, visitor, passerby });
  await send("POST /sessions/{id}/start", host, path);
  await lead(send, id, host, guest);
  await send("GET /sessions/{id}", guest, path);
  await send("GET /sessions/{id}/events", guest, path);
  await send("POST /sessions/{id}/host", host, path, { userId: guest.id });
  await send("DELETE /sessions/{id}/participants/{userId}", guest, { id, userId: passerby.id });
  await send("POST /sessions/{id}/leave", visitor, path);
  await send("POST /sessions/{id}/end", guest, path);
  await send("GET /sessions/{id}/summary", host, path);
}

/** People come: by invitation, by a code, by themselves. */
async function gather(
  send: Send,
  sessionId: string,
  { host, guest, visitor, passerby }: Cast,
): Promise<void> {
  const invite = async () => {
    const answer = await send("POST /invitations", host, {}, {
      sessionId,
      recipientIds: [guest.id],
    });
    return { id: invited.parse(answer).results[0].invitation.id };
  };
  await send("DELETE /invitations/{id}", host, await invite());
  await send("POST /invitations/{id}/decline", guest, await invite());
  const invitation = await invite();
  await send("GET /invitations", guest);
  await send("POST /invitations/{id}/accept", guest, invitation);
  const { id, code } = link.parse(
    await send("POST /invitations/links", host, {}, { sessionId, maxUses: 5 }),
  );
  await send("POST /invitations/links/redeem", visitor, {}, { code });
  await send("DELETE /invitations/links/{id}", host, { id });
  await send("POST /sessions/{id}/join", passerby, { id: sessionId });
}

/** The host leads through the plan, lets people rest, and hands the lead over. */
async function lead(send: Send, sessionId: string, host: Caller, guest: Caller): Promise<void> {
  const path = { sessionId };
  let version = 0;
  const step = async (route: string, body?: Record<string, unknown>) => {
    const answer = await send(route, host, path, body);
    version = withSession.parse(answer).session.version;
  };
  await step("POST /guided/{sessionId}/pause");
  await step("POST /guided/{sessionId}/resume");
  await step("POST /guided/{sessionId}/exercise", {
    exerciseId: "squat",
    expectedVersion: version,
  });
  await step("POST /guided/{sessionId}/next", { expectedVersion: version });
  await step("POST /guided/{sessionId}/previous", { expectedVersion: version });
  await step("PUT /guided/{sessionId}/plan", {
    plannedExercises: [...PLAN, { exerciseId: "deadlift", targetSets: 2 }],
    expectedVersion: version,
  });
  await send("POST /guided/{sessionId}/ready-check", host, path, {
    deadlineSeconds: 60,
    policy: "all",
  });
  await send("POST /guided/{sessionId}/ready", guest, path, { isReady: true });
  await step("POST /guided/{sessionId}/rest", { seconds: 60 });
  await step("POST /guided/{sessionId}/rest/extend", { seconds: 30 });
  await step("POST /guided/{sessionId}/rest/skip");
  await step("POST /guided/{sessionId}/leader", { userId: guest.id });
}

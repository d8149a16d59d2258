import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Calls, createCalls } from "./calls.ts";
import { json, type Project, startProject } from "./testing/server.ts";

// Every operation that docs/openapi.json describes has a call, and the call makes that request: sent
// what the document gives as an example, and answered with the document's example answer.

interface Media {
  content?: { "application/json"?: { example?: unknown } };
}
interface Operation {
  requestBody?: Media;
  responses: Record<string, Media>;
}

const file = new URL("../../../docs/openapi.json", import.meta.url);
const document: { paths: Record<string, Record<string, Operation>> } = JSON.parse(
  readFileSync(file, "utf8"),
);

const A = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a01";
const B = "7a0f3c52-5a55-4d0c-8d5e-0f6f8f3f1a02";

interface Making {
  /** Makes the call, given the example body. */
  // deno-lint-ignore no-explicit-any -- an example of the document, which is not typed
  call(calls: Calls, body: any): Promise<unknown>;
  /** The query that goes with it. */
  query?: string;
}

const MAKINGS: Record<string, Making> = {
  "POST /sessions": { call: ({ sessions }, body) => sessions.open(body) },
  "GET /sessions": {
    call: ({ sessions }) => sessions.browse({ scope: "mine", limit: 5, cursor: "a b&c" }),
    query: "?scope=mine&limit=5&cursor=a%20b%26c",
  },
  "GET /sessions/{id}": { call: ({ sessions }) => sessions.snapshot(A) },
  "PATCH /sessions/{id}": { call: ({ sessions }, body) => sessions.update(A, body) },
  "POST /sessions/{id}/join": { call: ({ sessions }) => sessions.join(A) },
  "POST /sessions/{id}/leave": { call: ({ sessions }) => sessions.leave(A) },
  "POST /sessions/{id}/start": { call: ({ sessions }) => sessions.start(A) },
  "POST /sessions/{id}/end": { call: ({ sessions }) => sessions.end(A) },
  "GET /sessions/{id}/events": {
    call: ({ sessions }) => sessions.events(A, { after: 7, limit: 100 }),
    query: "?after=7&limit=100",
  },
  "GET /sessions/{id}/summary": { call: ({ sessions }) => sessions.summary(A) },
  "POST /sessions/{id}/host": {
    call: ({ sessions }, body) => sessions.transferHost(A, body.userId),
  },
  "DELETE /sessions/{id}/participants/{userId}": {
    call: ({ sessions }) => sessions.removeParticipant(A, B),
  },
  "GET /sessions/openapi.json": { call: ({ service }) => service.openApi("sessions") },
  "GET /sessions/health": { call: ({ service }) => service.health("sessions") },
  "POST /invitations": { call: ({ invitations }, body) => invitations.invite(body) },
  "GET /invitations": {
    call: ({ invitations }) => invitations.browse({ box: "received", status: "pending" }),
    query: "?box=received&status=pending",
  },
  "POST /invitations/links": { call: ({ invitations }, body) => invitations.createLink(body) },
  "POST /invitations/links/redeem": {
    call: ({ invitations }, body) => invitations.redeemLink(body.code),
  },
  "DELETE /invitations/links/{id}": { call: ({ invitations }) => invitations.revokeLink(A) },
  "POST /invitations/{id}/accept": { call: ({ invitations }) => invitations.accept(A) },
  "POST /invitations/{id}/decline": { call: ({ invitations }) => invitations.decline(A) },
  "DELETE /invitations/{id}": { call: ({ invitations }) => invitations.revoke(A) },
  "GET /invitations/openapi.json": { call: ({ service }) => service.openApi("invitations") },
  "GET /invitations/health": { call: ({ service }) => service.health("invitations") },
  "POST /guided/{sessionId}/exercise": {
    call: ({ guided }, body) => guided.chooseExercise(A, body),
  },
  "POST /guided/{sessionId}/next": { call: ({ guided }, body) => guided.next(A, body) },
  "POST /guided/{sessionId}/previous": { call: ({ guided }, body) => guided.previous(A, body) },
  "PUT /guided/{sessionId}/plan": { call: ({ guided }, body) => guided.changePlan(A, body) },
  "POST /guided/{sessionId}/ready": { call: ({ guided }, body) => guided.reportReady(A, body) },
  "POST /guided/{sessionId}/ready-check": {
    call: ({ guided }, body) => guided.startReadyCheck(A, body),
  },
  "POST /guided/{sessionId}/rest": { call: ({ guided }, body) => guided.startRest(A, body) },
  "POST /guided/{sessionId}/rest/extend": {
    call: ({ guided }, body) => guided.extendRest(A, body),
  },
  "POST /guided/{sessionId}/rest/skip": { call: ({ guided }) => guided.skipRest(A) },
  "POST /guided/{sessionId}/pause": { call: ({ guided }) => guided.pause(A) },
  "POST /guided/{sessionId}/resume": { call: ({ guided }) => guided.resume(A) },
  "POST /guided/{sessionId}/leader": { call: ({ guided }, body) => guided.transferLead(A, body) },
  "GET /guided/openapi.json": { call: ({ service }) => service.openApi("guided") },
  "GET /guided/health": { call: ({ service }) => service.health("guided") },
};

const CREATES = ["POST /sessions", "POST /invitations", "POST /invitations/links"];

const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  }))
);

let project: Project;
beforeAll(async () => {
  project = await startProject();
});
afterAll(() => project.close());

describe("the calls", () => {
  it("are those of the document, all of them and no others", () => {
    expect(Object.keys(MAKINGS).sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it.each(operations)("make the request of $name", async ({ name, method, path, operation }) => {
    const [status, answer] = successOf(operation);
    const body = operation.requestBody?.content?.["application/json"]?.example;
    project.reply = json(status, answer);
    project.heard.length = 0;
    const making = MAKINGS[name];
    if (making === undefined) throw new Error(`${name} has no call.`);

    const answered = await making.call(createCalls(project.supabase), body);

    expect(project.heard).toHaveLength(1);
    const at = path.replace(/\{(id|sessionId)\}/, A).replace("{userId}", B);
    expect(project.heard[0]).toMatchObject({
      method,
      path: `/functions/v1${at}${making.query ?? ""}`,
      body,
    });
    expect(answered).toEqual(answer);
    const key = project.heard[0]?.headers["idempotency-key"];
    if (CREATES.includes(name)) expect(key).toMatch(/^[0-9a-f-]{36}$/);
    else expect(key).toBeUndefined();
  });
});

function successOf(operation: Operation): [number, unknown] {
  const status = Object.keys(operation.responses).find((each) => each.startsWith("2"));
  if (status === undefined) throw new Error("An operation never succeeds.");
  return [
    Number(status),
    operation.responses[status]?.content?.["application/json"]?.example,
  ];
}

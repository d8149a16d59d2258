import { beforeAll, describe, expect, it } from "vitest";
import { call, expectProblem } from "../helpers/api.ts";
import { block, createPeople } from "../helpers/people.ts";
import { joinSession, openSession, readSnapshot } from "../helpers/sessions.ts";
import {
  assemble,
  type Cast,
  type Expected,
  FOR_HOST,
  FOR_INSIDERS,
  FOR_LEADER,
  FOR_THOSE_PRESENT,
  FOR_WHO_SEES_IT,
  HIDDEN,
  send,
  withoutRequestId,
} from "./cast.ts";
import {
  GUIDED_ROUTES,
  INVITATION_ROUTES,
  INVITING_ROUTES,
  ROUTES,
  SESSION_ROUTES,
} from "./routes.ts";

// Who gets what from every route about one session that the host's friends may find.

/** Nobody but the two whom an invitation concerns learns that it is there. */
const FOR_NOBODY: Expected = Object.fromEntries(
  Object.keys(FOR_HOST).map((who) => [
    who,
    who === "somebody not signed in" ? "unauthenticated" : "invitation_not_found",
  ]),
);
const FOR_RECIPIENT: Expected = { ...FOR_NOBODY, "somebody who is invited": 200 };

/** Who gets what from which route: a status, or a code. */
const EXPECTED: Record<string, Expected> = {
  "snapshot": FOR_WHO_SEES_IT,
  "update": FOR_HOST,
  "join": FOR_WHO_SEES_IT,
  "leave": FOR_INSIDERS,
  "start": FOR_HOST,
  "end": FOR_HOST,
  "events": FOR_INSIDERS,
  "summary": FOR_INSIDERS,
  "transfer host": FOR_HOST,
  "remove participant": { ...FOR_HOST, "the host": 204 },
  "choose exercise": FOR_LEADER,
  "next": FOR_LEADER,
  "previous": FOR_LEADER,
  "plan": FOR_LEADER,
  "ready": FOR_THOSE_PRESENT,
  "ready check": FOR_LEADER,
  "rest": FOR_LEADER,
  "extend rest": FOR_LEADER,
  "skip rest": FOR_LEADER,
  "pause": FOR_LEADER,
  "resume": FOR_LEADER,
  "transfer lead": FOR_LEADER,
  "invite": FOR_HOST,
  "create link": { ...FOR_HOST, "the host": 201 },
  "accept": FOR_RECIPIENT,
  "decline": FOR_RECIPIENT,
  "revoke": { ...FOR_NOBODY, "the host": 204 },
  "revoke link": { ...FOR_NOBODY, "the host": 204 },
};

const GUIDED = new Set(GUIDED_ROUTES);

describe.each(ROUTES.filter(({ name }) => name in EXPECTED))("$method $name", (route) => {
  const expected = Object.entries(EXPECTED[route.name] ?? {});
  let cast: Cast;

  beforeAll(async () => {
    cast = await assemble(GUIDED.has(route) ? "guided" : "shared");
  });

  it("has an expectation for everybody", () => {
    expect(expected.map(([who]) => who)).toEqual(Object.keys(cast.by));
  });

  // In this order: those who are refused change nothing, and the host, who may do all, comes last.
  it.each(expected)("gives %s: %s", async (who, outcome) => {
    const answer = await send(route, cast, cast.by[who] ?? null);
    if (typeof outcome === "string") expectProblem(answer, outcome);
    else expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: outcome });
  });
});

describe("every route", () => {
  it("about one thing has its expectations", () => {
    const about = [
      ...SESSION_ROUTES,
      ...GUIDED_ROUTES,
      ...INVITING_ROUTES,
      ...INVITATION_ROUTES,
      ...ROUTES.filter(({ name }) => name === "revoke link"),
    ];
    expect(about.map(({ name }) => name).sort()).toEqual(Object.keys(EXPECTED).sort());
  });
});

describe("a session that one may not know of", () => {
  let shared: Cast;
  let guided: Cast;

  beforeAll(async () => {
    shared = await assemble("shared");
    guided = await assemble("guided");
  });

  it.each([...SESSION_ROUTES, ...GUIDED_ROUTES, ...INVITING_ROUTES])(
    "answers $method $name as if it were not there",
    async (route) => {
      const cast = GUIDED.has(route) ? guided : shared;
      const hidden = Object.entries(HIDDEN).filter(([, code]) => code === "session_not_found");
      for (const [who] of hidden) {
        const person = cast.by[who] ?? null;
        const real = await send(route, cast, person);
        const unknown = await send(route, cast, person, { session: crypto.randomUUID() });
        expectProblem(real, "session_not_found");
        expect(withoutRequestId(real), who).toEqual(withoutRequestId(unknown));
      }
    },
  );
});

describe("an invitation or a code that one may not know of", () => {
  let cast: Cast;

  beforeAll(async () => {
    cast = await assemble("shared");
  });

  it.each([...INVITATION_ROUTES, ...ROUTES.filter(({ name }) => name === "revoke link")])(
    "answers $method $name as if it were not there",
    async (route) => {
      for (const [who, outcome] of Object.entries(EXPECTED[route.name] ?? {})) {
        if (outcome !== "invitation_not_found") continue;
        const person = cast.by[who] ?? null;
        const real = await send(route, cast, person);
        const nothing = { invitation: crypto.randomUUID(), link: crypto.randomUUID() };
        const unknown = await send(route, cast, person, nothing);
        expectProblem(real, "invitation_not_found");
        expect(withoutRequestId(real), who).toEqual(withoutRequestId(unknown));
      }
    },
  );
});

describe("a friend of the host", () => {
  it("sees the session from outside: nobody in it and nothing that happened", async () => {
    const cast = await assemble("shared");
    const friend = cast.by["a friend of the host"];
    const answer = await call("GET", `/sessions/${cast.ids.session}`, friend ?? null);
    expect(answer).toMatchObject({ status: 200, body: { participants: [], recentEvents: [] } });
    expect(JSON.stringify(answer.body)).not.toContain(cast.participant.id);
  });
});

describe("somebody whom a blocked person is in a session with", () => {
  it("keeps seeing what they are part of", async () => {
    const [host, guest] = await createPeople("Host", "Guest");
    const { id } = await openSession(host);
    await joinSession(id, guest);
    await block(guest, host);
    expect((await readSnapshot(id, guest)).participants).toHaveLength(2);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { call, expectProblem } from "../helpers/api.ts";
import { browseInvitations, createLink, inviteTo } from "../helpers/invitations.ts";
import { befriend, createPeople, type Person } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { signToken } from "../helpers/tokens.ts";
import { type Ids, ROUTES } from "./routes.ts";

// What every route refuses, over real HTTP, whoever calls.

let alice: Person;
let bob: Person;
let ids: Ids;

beforeAll(async () => {
  [alice, bob] = await createPeople("Alice", "Bob");
  await befriend(alice, bob);
  const { id } = await openSession(alice, { mode: "guided" });
  ids = {
    session: id,
    person: bob.id,
    invitation: (await inviteTo(id, alice, bob)).id,
    link: (await createLink(id, alice)).id,
  };
});

const MALFORMED: Ids = { session: "42", person: "42", invitation: "42", link: "42" };
const PLACES = { ...MALFORMED, session: "{}", invitation: "{}", link: "{}" };

describe.each(ROUTES)("$method $name", (route) => {
  const path = () => route.path(ids);
  const body = () => route.body?.(ids, 0);
  const send = (token: string) => call(route.method, path(), { token }, body());

  it("refuses somebody without a token", async () => {
    const answer = await call(route.method, path(), null, body());
    expectProblem(answer, "unauthenticated");
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="live-workout"');
  });

  it.each(["garbage", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."])(
    "refuses the token %s",
    async (token) => {
      expectProblem(await send(token), "unauthenticated");
    },
  );

  it("refuses a token that was tampered with", async () => {
    const [header, , signature] = alice.token.split(".");
    const claims = btoa(JSON.stringify({ sub: bob.id, role: "service_role", exp: 4102444800 }));
    expectProblem(
      await send(`${header}.${claims.replace(/=+$/, "")}.${signature}`),
      "unauthenticated",
    );
  });

  it("refuses a token that another key signed", async () => {
    const secret = "another-secret-that-is-just-as-long-as-the-real-one";
    expectProblem(await send(await signToken(alice, { secret })), "unauthenticated");
  });

  it("refuses an expired token, and says that it has expired", async () => {
    const token = await signToken(alice, { expiresInSeconds: -60 });
    const problem = expectProblem(await send(token), "unauthenticated");
    expect(problem.detail).toBe("The access token has expired.");
  });

  it("refuses an unknown query parameter", async () => {
    const answer = await call(route.method, `${path()}?colour=red`, alice, body());
    expect(expectProblem(answer, "invalid_request").errors)
      .toEqual([{ path: "colour", message: "Unknown." }]);
  });

  if (route.path(PLACES).includes("{}")) {
    it("refuses a malformed id", async () => {
      const answer = await call(
        route.method,
        route.path({ ...MALFORMED, person: bob.id }),
        alice,
        body(),
      );
      expect(expectProblem(answer, "invalid_request").errors)
        .toEqual([{ path: expect.stringMatching(/^(id|sessionId)$/), message: "Must be a UUID." }]);
    });
  }

  if (route.method !== "GET") {
    it("refuses an unknown field", async () => {
      const answer = await call(route.method, path(), alice, { ...body(), colour: "red" });
      expect(expectProblem(answer, "invalid_request").errors)
        .toEqual([{ path: "colour", message: "Unknown." }]);
    });

    it.each(["{", "{'mode': 'shared'}", "[]", "[{}]", "null", "1", '"mode"'])(
      "refuses the body %s",
      async (text) => {
        expectProblem(await call(route.method, path(), alice, text), "invalid_request");
      },
    );

    it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml"])(
      "refuses a body of the type %s",
      async (type) => {
        const text = JSON.stringify(body() ?? {});
        const answer = await call(route.method, path(), alice, text, { "content-type": type });
        expectProblem(answer, "unsupported_media_type");
      },
    );

    it("refuses a body of more than 64 KB", async () => {
      const text = JSON.stringify({ ...body(), name: "x".repeat(64 * 1024) });
      expectProblem(await call(route.method, path(), alice, text), "payload_too_large");
    });
  }

  if (route.body !== undefined) {
    it("refuses to go without a body", async () => {
      expectProblem(await call(route.method, path(), alice), "invalid_request");
    });

    it("refuses a wrong type in each field and names the field", async () => {
      for (const name of Object.keys(body() ?? {})) {
        const answer = await call(route.method, path(), alice, { ...body(), [name]: {} });
        const { errors } = expectProblem(answer, "invalid_request");
        expect(errors).toEqual([{
          path: name,
          message: expect.stringMatching(/^(Invalid|Must) .+/),
        }]);
      }
    });
  }

  it("changes nothing by any of this", async () => {
    const answer = await call("GET", `/sessions/${ids.session}`, alice);
    expect(answer.body).toMatchObject({
      session: { status: "pending", hostId: alice.id, participantCount: 1, lastEventSeq: 1 },
    });
    expect((await browseInvitations(bob)).items).toMatchObject([{ status: "pending" }]);
    expect((await browseInvitations(alice, "?box=sent")).items).toHaveLength(1);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { call, expectProblem } from "../helpers/api.ts";
import { createPeople, type Person } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { signToken } from "../helpers/tokens.ts";
import { ROUTES } from "./routes.ts";

// What every route refuses, over real HTTP, whoever calls.

let alice: Person;
let bob: Person;
let sessionId: string;

beforeAll(async () => {
  [alice, bob] = await createPeople("Alice", "Bob");
  sessionId = (await openSession(alice)).id;
});

describe.each(ROUTES)("$method $name", (route) => {
  const path = () => route.path(sessionId, bob.id);
  const body = () => route.body?.(bob.id);
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

  if (route.path("{id}", "").includes("{id}")) {
    it("refuses a malformed id", async () => {
      const answer = await call(route.method, route.path("42", bob.id), alice, body());
      expect(expectProblem(answer, "invalid_request").errors)
        .toEqual([{ path: "id", message: "Must be a UUID." }]);
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

    it("refuses wrong types and names the fields", async () => {
      const wrong = Object.fromEntries(Object.keys(body() ?? {}).map((name) => [name, 42]));
      const problem = expectProblem(
        await call(route.method, path(), alice, wrong),
        "invalid_request",
      );
      expect(problem.errors?.map((error) => error.path)).toEqual(Object.keys(wrong));
    });
  }

  it("changes nothing by any of this", async () => {
    const answer = await call("GET", `/sessions/${sessionId}`, alice);
    expect(answer.body).toMatchObject({
      session: { status: "pending", hostId: alice.id, participantCount: 1, lastEventSeq: 1 },
    });
  });
});

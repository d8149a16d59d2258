import { SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { quiet, subscribe, subscribed, until } from "./channels.ts";
import { createPeople, createPerson, type Person } from "../helpers/people.ts";
import { joinSession, leaveSession, openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { signToken } from "../helpers/tokens.ts";
import { clientOf, disconnectEveryone, nobodysClient } from "./clients.ts";
import { topicOf } from "./database.ts";
import { RawSocket, socketUrl } from "./raw_socket.ts";

const stack = runningStack();
const DENIED = "You do not have permissions to read from this Channel topic";

let host: Person;
let guest: Person;
let stranger: Person;
let sessionId: string;
let topic: string;

beforeAll(async () => {
  [host, guest, stranger] = await createPeople("Host", "Guest", "Stranger");
  const session = await openSession(host);
  sessionId = session.id;
  topic = topicOf(session);
  await joinSession(sessionId, guest);
});
afterEach(disconnectEveryone);

describe.each(["1.0.0", "2.0.0"])("joining a private channel with vsn %s", (vsn) => {
  it("lets in the host and a guest", async () => {
    for (const person of [host, guest]) {
      const { statuses } = await subscribe(clientOf(person, { vsn }), topic);
      expect(statuses).toEqual([{ status: "SUBSCRIBED" }]);
    }
  });

  it("refuses a stranger with the platform's words", async () => {
    const { statuses } = await subscribe(clientOf(stranger, { vsn }), topic);
    expect(statuses[0]).toEqual({
      status: "CHANNEL_ERROR",
      message: `Unauthorized: ${DENIED}: ${topic}`,
    });
  });

  it("refuses who brings no token, only the publishable key", async () => {
    const { statuses } = await subscribe(nobodysClient({ vsn }), topic);
    expect(statuses[0]?.message).toBe(`Unauthorized: ${DENIED}: ${topic}`);
  });

  it("refuses a topic that no policy knows", async () => {
    const { statuses } = await subscribe(clientOf(host, { vsn }), "no_such_thing");
    expect(statuses[0]?.message).toBe(`Unauthorized: ${DENIED}: no_such_thing`);
  });

  it("lets in the secret key everywhere: row level security is not for it", async () => {
    const { statuses } = await subscribe(
      nobodysClient({ vsn, key: stack.SECRET_KEY }),
      "no_such_thing",
    );
    expect(statuses).toEqual([{ status: "SUBSCRIBED" }]);
  });
});

it("refuses again who has left the session", async () => {
  const leaver = await createPerson("Leaver");
  await joinSession(sessionId, leaver);
  const client = clientOf(leaver);
  await subscribed(client, topic);
  await client.removeAllChannels();
  await leaveSession(sessionId, leaver);
  const { statuses } = await subscribe(client, topic);
  expect(statuses[0]?.message).toBe(`Unauthorized: ${DENIED}: ${topic}`);
});

it("lets anyone join a public channel, with a token or without", async () => {
  for (const client of [clientOf(stranger), nobodysClient()]) {
    const { statuses } = await subscribe(client, topic, { config: {} });
    expect(statuses).toEqual([{ status: "SUBSCRIBED" }]);
  }
});

describe("a token that does not verify", () => {
  const answer = async (token: string) => {
    const { statuses } = await subscribe(clientOf({ token }), topic);
    expect(statuses[0]?.status).toBe("CHANNEL_ERROR");
    return statuses[0]?.message;
  };

  it("garbage is no JWT", async () => {
    for (const garbage of ["garbage", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30"]) {
      expect(await answer(garbage)).toBe("MalformedJWT: The token provided is not a valid JWT");
    }
  });

  it("another secret makes another signature", async () => {
    const token = await signToken(host, { secret: "another-secret-of-more-than-32-characters" });
    expect(await answer(token)).toBe("JwtSignatureError: Failed to validate JWT signature");
  });

  it("an unsigned token is not accepted", async () => {
    const part = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, "");
    const claims = { role: "authenticated", sub: host.id, exp: 4_000_000_000 };
    expect(await answer(`${part({ alg: "none" })}.${part(claims)}.`)).toMatch(/^JwtSignerError: /);
  });

  it("an expired token says for how long", async () => {
    const token = await signToken(host, { expiresInSeconds: -100 });
    expect(await answer(token)).toMatch(
      /^InvalidJWTToken: Token has expired 10[0-2] seconds ago$/,
    );
  });

  it("a token without a role is not enough", async () => {
    const token = await signRole(undefined);
    expect(await answer(token)).toBe(
      "InvalidJWTToken: Fields `role` and `exp` are required in JWT",
    );
  });

  it("a role that the database does not know may read nothing", async () => {
    const token = await signRole("no_such_role");
    expect(await answer(token)).toBe(`Unauthorized: ${DENIED}: ${topic}`);
  });
});

describe("what a raw client may send as its token", () => {
  it("falls back to the API key when the token is absent or an API key", async () => {
    const socket = await RawSocket.open();
    socket.join("1", `realtime:${topic}`, null, { private: true });
    socket.join("2", `realtime:${topic}`, stack.SECRET_KEY, { private: true });
    socket.join("3", "realtime:anything", null);
    expect((await socket.replyTo("1")).response.reason).toBe(`Unauthorized: ${DENIED}: ${topic}`);
    expect((await socket.replyTo("2")).response.reason).toBe(`Unauthorized: ${DENIED}: ${topic}`);
    expect(await socket.replyTo("3")).toEqual({
      status: "ok",
      response: { postgres_changes: [] },
    });
    await socket.close();
  });

  it("says that a topic needs a name, and that others are unknown", async () => {
    const socket = await RawSocket.open();
    socket.join("1", "realtime:", null);
    socket.join("2", "lobby", null);
    expect((await socket.replyTo("1")).response).toEqual({
      reason: "TopicNameRequired: You must provide a topic name",
    });
    expect((await socket.replyTo("2")).response).toEqual({ reason: "unmatched topic" });
    await socket.close();
  });
});

describe("the API key", () => {
  const connect = (key: string, version = "2.0.0") =>
    fetch(socketUrl(key, version).replace(/^ws/, "http"));

  it.each([
    ["", "API key is missing"],
    ["sb_publishable_wrong", "Invalid API key"],
    ["garbage", "The token provided is not a valid JWT"],
  ])("%j is answered with 401", async (key, error) => {
    const response = await connect(key);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error });
  });

  it("stops a WebSocket before it opens", async () => {
    const client = nobodysClient({ key: "sb_publishable_wrong" });
    const { statuses } = await subscribe(client, "anything", { config: {} });
    expect(statuses[0]?.status).toBe("CHANNEL_ERROR");
  });

  it("may be a token of anon, as projects of old have it", async () => {
    const client = nobodysClient({ key: await signRole("anon") });
    await subscribed(client, "anything", { config: {} });
  });

  it("opens no connection but a WebSocket of a version that is spoken", async () => {
    expect((await connect(stack.PUBLISHABLE_KEY)).status).toBe(426);
    expect((await connect(stack.PUBLISHABLE_KEY, "3.0.0")).status).toBe(400);
  });
});

it("answers a person who joins, and joins again after being refused, by what holds now", async () => {
  const late = await createPerson("Late");
  const watched = await subscribe(clientOf(late), topic);
  expect(watched.statuses[0]?.status).toBe("CHANNEL_ERROR");
  await joinSession(sessionId, late);
  // The client tries again by itself after a second.
  await until(() => watched.statuses.some(({ status }) => status === "SUBSCRIBED"), "SUBSCRIBED");
  await quiet(50);
});

/** A token that is good but for its role, which may be missing. */
function signRole(role: string | undefined): Promise<string> {
  return new SignJWT({ sub: host.id, ...(role === undefined ? {} : { role }) })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setExpirationTime("1 hour")
    .sign(new TextEncoder().encode(stack.JWT_SECRET));
}

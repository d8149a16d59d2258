import { describe, expect, it } from "vitest";
import { OpenSessionAnswer } from "../../supabase/functions/sessions/routes/open.ts";
import { type Answer, call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { withDatabase } from "../helpers/database.ts";
import { browseInvitations, createLink } from "../helpers/invitations.ts";
import { befriend, createPeople, createPerson, type Person } from "../helpers/people.ts";
import { endSession, openSession } from "../helpers/sessions.ts";

// A client that got no answer sends its request again, with the same Idempotency-Key.

const BODY = { mode: "guided", name: "Leg day" };

function post(path: string, person: Pick<Person, "token">, body: unknown, key?: string) {
  const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
  return call("POST", path, person, body, headers);
}

const open = (person: Person, key?: string, body: unknown = BODY) =>
  post("/sessions", person, body, key);

async function sessionsOf(person: Person): Promise<number> {
  const [row] = await withDatabase((sql) =>
    sql`select count(*)::integer as count from public.live_sessions where host_id = ${person.id}`
  );
  return row?.count;
}

/** What a client sees of an answer, but for what is about the single request. */
function seen({ status, headers, body }: Answer) {
  return { status, body, location: headers.get("location") };
}

describe("opening a session again with the same key", () => {
  it("gives the answer of the first time, and opens one session", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const first = await open(alice, key);
    expectAnswer(first, 201, OpenSessionAnswer);
    expect(seen(await open(alice, key))).toEqual(seen(first));
    expect(await sessionsOf(alice)).toBe(1);
  });

  it("does so though the session has ended meanwhile", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const first = await open(alice, key);
    await endSession(expectAnswer(first, 201, OpenSessionAnswer).session.id, alice);
    expect(seen(await open(alice, key))).toEqual(seen(first));
    expect(await sessionsOf(alice)).toBe(1);
  });

  it("does so however the members of the body are ordered", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const first = await open(alice, key, { mode: "shared", name: "Arms" });
    expect(seen(await open(alice, key, { name: "Arms", mode: "shared" }))).toEqual(seen(first));
  });

  it("but another body is refused, and opens nothing", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    await open(alice, key);
    const other = await open(alice, key, { ...BODY, name: "Arms" });
    expect(expectProblem(other, "invalid_request").detail)
      .toBe("This Idempotency-Key was used for another request.");
    expect(await sessionsOf(alice)).toBe(1);
  });

  it("by somebody else is their own request", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const key = crypto.randomUUID();
    const first = expectAnswer(await open(alice, key), 201, OpenSessionAnswer);
    const second = expectAnswer(await open(bob, key), 201, OpenSessionAnswer);
    expect(second.session.id).not.toBe(first.session.id);
    expect(second.session.hostId).toBe(bob.id);
  });

  it("by ten twins at once opens one session, and all get the same answer", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(alice, key)));
    const [first] = answers;
    if (first === undefined) throw new Error("There is no answer.");
    expectAnswer(first, 201, OpenSessionAnswer);
    for (const answer of answers) expect(seen(answer)).toEqual(seen(first));
    expect(await sessionsOf(alice)).toBe(1);
  });

  it("by twins that differ opens one session, and one of the two is refused", async () => {
    for (let round = 0; round < 10; round++) {
      const alice = await createPerson("Alice");
      const key = crypto.randomUUID();
      const answers = await Promise.all([
        open(alice, key),
        open(alice, key, { ...BODY, name: "Arms" }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
      expect(await sessionsOf(alice)).toBe(1);
    }
  });

  it("works after a refusal, which keeps no key", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const { id } = await openSession(alice);
    expectProblem(await open(alice, key), "already_in_session");
    await endSession(id, alice);
    expectAnswer(await open(alice, key), 201, OpenSessionAnswer);
  });

  it("is a new request after a day", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const first = expectAnswer(await open(alice, key), 201, OpenSessionAnswer);
    await endSession(first.session.id, alice);
    await withDatabase((sql) =>
      sql`update private.idempotency_keys set created_at = now() - interval '25 hours'
        where user_id = ${alice.id}`
    );
    const second = expectAnswer(await open(alice, key), 201, OpenSessionAnswer);
    expect(second.session.id).not.toBe(first.session.id);
  });
});

describe("without a key", () => {
  it("opening again is another request", async () => {
    const alice = await createPerson("Alice");
    expectAnswer(await open(alice), 201, OpenSessionAnswer);
    expectProblem(await open(alice), "already_in_session");
  });
});

describe("a key that is none", () => {
  it.each(["", "x".repeat(256), "schl\u00fcssel"])("like %j is refused", async (key) => {
    const alice = await createPerson("Alice");
    const problem = expectProblem(await open(alice, key), "invalid_request");
    expect(problem.errors?.map(({ path }) => path)).toEqual(["idempotency-key"]);
    expect(await sessionsOf(alice)).toBe(0);
  });
});

describe("the other calls that create something", () => {
  it("invite once for the same key", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    await befriend(alice, bob);
    const { id } = await openSession(alice);
    const key = crypto.randomUUID();
    const body = { sessionId: id, recipientIds: [bob.id] };
    const first = await post("/invitations", alice, body, key);
    // Without the key the outcome would be `already_invited` now.
    expect(seen(await post("/invitations", alice, body, key))).toEqual(seen(first));
    expect((await browseInvitations(bob)).items).toHaveLength(1);
    const other = { ...body, expiresInMinutes: 5 };
    expectProblem(await post("/invitations", alice, other, key), "invalid_request");
  });

  it("make one code for the same key, and give it again though it is stored nowhere", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    const key = crypto.randomUUID();
    const make = (body: object, aKey: string) => post("/invitations/links", alice, body, aKey);
    const first = await make({ sessionId: id }, key);
    expect(first.status).toBe(201);
    expect(seen(await make({ sessionId: id }, key))).toEqual(seen(first));
    expectProblem(await make({ sessionId: id, maxUses: 2 }, key), "invalid_request");
    expect(await createLink(id, alice)).not.toEqual(first.body);
    const rows = await withDatabase((sql) =>
      sql`select from private.idempotency_keys k, jsonb_to_record(${sql.json(first.body as never)})
          as a (code text)
        where k.user_id = ${alice.id} and k::text like '%' || a.code || '%'`
    );
    expect(rows).toHaveLength(0);
  });

  it("do not take each other's keys", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const { session } = expectAnswer(await open(alice, key), 201, OpenSessionAnswer);
    const answer = await post("/invitations/links", alice, { sessionId: session.id }, key);
    expectProblem(answer, "invalid_request");
  });
});

describe("calls that create nothing", () => {
  it("do not mind the header", async () => {
    const alice = await createPerson("Alice");
    const key = crypto.randomUUID();
    const { id } = await openSession(alice);
    for (const step of ["start", "start", "end"]) {
      expect((await post(`/sessions/${id}/${step}`, alice, undefined, key)).status).toBe(200);
    }
  });
});

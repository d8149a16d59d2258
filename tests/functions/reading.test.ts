import { describe, expect, it } from "vitest";
import { BrowseAnswer } from "../../supabase/functions/sessions/routes/browse.ts";
import { EventsAnswer } from "../../supabase/functions/sessions/routes/events.ts";
import { SummaryAnswer } from "../../supabase/functions/sessions/routes/summary.ts";
import { call, expectAnswer, expectProblem } from "../helpers/api.ts";
import { befriend, createPeople, createPerson, type Person } from "../helpers/people.ts";
import {
  endSession,
  joinSession,
  openSession,
  readSnapshot,
  startSession,
} from "../helpers/sessions.ts";

async function browse(person: Person, query = "") {
  return expectAnswer(await call("GET", `/sessions${query}`, person), 200, BrowseAnswer);
}

describe("the snapshot", () => {
  it("has everybody, what happened, and where it stands", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const snapshot = await readSnapshot(id, bob);
    expect(snapshot.session).toMatchObject({ id, hostId: alice.id, participantCount: 2 });
    expect(snapshot.participants.map(({ userId }) => userId)).toEqual([alice.id, bob.id]);
    expect(snapshot.recentEvents.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(snapshot.lastSeq).toBe(2);
    expect(Math.abs(snapshot.serverNow - Date.now())).toBeLessThan(60_000);
  });

  it("takes an id in capitals", async () => {
    const alice = await createPerson("Alice");
    const { id } = await openSession(alice);
    expect((await readSnapshot(id.toUpperCase(), alice)).session.id).toBe(id);
  });
});

describe("the events", () => {
  it("come in order, in pages, from where one left off", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    await startSession(id, alice);
    const page = async (query: string) =>
      expectAnswer(await call("GET", `/sessions/${id}/events${query}`, bob), 200, EventsAnswer);
    const first = await page("?limit=2");
    expect(first.events.map(({ seq, type }) => [seq, type]))
      .toEqual([[1, "session_created"], [2, "user_joined"]]);
    expect(first).toMatchObject({ lastSeq: 2, hasMore: true });
    const second = await page(`?after=${first.lastSeq}&limit=2`);
    expect(second.events.map(({ seq }) => seq)).toEqual([3]);
    expect(second).toMatchObject({ lastSeq: 3, hasMore: false });
    expect(await page("?after=3")).toMatchObject({ events: [], lastSeq: 3, hasMore: false });
    expect(await page("?after=9007199254740991")).toMatchObject({ events: [], hasMore: false });
    expect((await page("")).events).toHaveLength(3);
  });

  it("tell who, when and what", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const answer = await call("GET", `/sessions/${id}/events?after=1`, alice);
    const { events, serverNow } = expectAnswer(answer, 200, EventsAnswer);
    expect(events).toEqual([{
      id: expect.any(String),
      seq: 2,
      sessionId: id,
      userId: bob.id,
      type: "user_joined",
      timestamp: expect.any(Number),
      data: { displayName: "Bob", joinedAt: expect.any(Number) },
    }]);
    expect(events[0]?.timestamp).toBeLessThanOrEqual(serverNow);
  });
});

describe("the recap", () => {
  it("is there while the session runs, and stays when it has ended", async () => {
    const [alice, bob] = await createPeople("Alice", "Bob");
    const { id } = await openSession(alice);
    await joinSession(id, bob);
    const read = async (person: Person) =>
      expectAnswer(await call("GET", `/sessions/${id}/summary`, person), 200, SummaryAnswer);
    expect((await read(bob)).summary).toMatchObject({ participantCount: 2, totalSets: 0 });
    await startSession(id, alice);
    const { summary } = await endSession(id, alice);
    expect((await read(bob)).summary).toEqual(summary);
    expect(Math.abs((await read(alice)).serverNow - Date.now())).toBeLessThan(60_000);
  });
});

describe("browsing", () => {
  it("lists one's own sessions, newest first, page by page", async () => {
    const alice = await createPerson("Alice");
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      const { id } = await openSession(alice);
      await endSession(id, alice);
      ids.unshift(id);
    }
    const seen: string[] = [];
    let cursor: string | null = "";
    let pages = 0;
    while (cursor !== null) {
      const page = await browse(alice, `?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor === null ? null : encodeURIComponent(page.nextCursor);
      pages++;
    }
    expect(seen).toEqual(ids);
    expect(pages).toBe(3);
  });

  it("lists what friends host, and nobody else's", async () => {
    const [alice, bob, stranger] = await createPeople("Alice", "Bob", "Stranger");
    await befriend(alice, bob);
    const session = await openSession(alice, { visibility: "friends" });
    expect((await browse(bob, "?scope=friends")).items).toEqual([session]);
    expect((await browse(stranger, "?scope=friends")).items).toEqual([]);
    expect((await browse(bob)).items).toEqual([]);
  });

  it("lists public sessions to everybody while they are open", async () => {
    const [alice, stranger] = await createPeople("Alice", "Stranger");
    const { id } = await openSession(alice, { visibility: "public" });
    const listed = async () =>
      (await browse(stranger, "?scope=public&limit=100")).items.some((item) => item.id === id);
    expect(await listed()).toBe(true);
    await endSession(id, alice);
    expect(await listed()).toBe(false);
  });

  it("keeps to status and mode", async () => {
    const alice = await createPerson("Alice");
    const ended = await openSession(alice, { mode: "guided" });
    await endSession(ended.id, alice);
    const open = await openSession(alice, { mode: "shared" });
    const ids = async (query: string) => (await browse(alice, query)).items.map(({ id }) => id);
    expect(await ids("")).toEqual([open.id, ended.id]);
    expect(await ids("?status=ended")).toEqual([ended.id]);
    expect(await ids("?mode=shared")).toEqual([open.id]);
    expect(await ids("?mode=shared&status=ended")).toEqual([]);
  });

  it.each(["nonsense", "1.2", "' or 1=1 --", "99999999999999999.x"])(
    "refuses the cursor %j",
    async (cursor) => {
      const alice = await createPerson("Alice");
      const answer = await call("GET", `/sessions?cursor=${encodeURIComponent(cursor)}`, alice);
      expectProblem(answer, "invalid_request");
    },
  );
});

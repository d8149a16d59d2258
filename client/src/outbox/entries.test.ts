import { describe, expect, it } from "vitest";
import { memoryStorage } from "./storage.ts";
import { newMessage, newSet, openDesk, statesOf } from "./testing/desk.ts";
import { settle } from "./testing/virtual-time.ts";

// What becomes of a single entry.

describe("an entry", () => {
  it("stays when it is delivered, until its event was seen", async () => {
    const { outbox } = await openDesk();
    outbox.add(newSet("S1"));
    await outbox.whenIdle();
    expect(statesOf(outbox)).toEqual(["s1 delivered"]);
    outbox.confirm("s1");
    expect(outbox.entries()).toEqual([]);
  });

  it("goes by itself after a minute, also in the next life of the application", async () => {
    const storage = memoryStorage();
    const { outbox, time, server } = await openDesk({ storage });
    outbox.add(newSet("s1"));
    await outbox.whenIdle();
    await outbox.close();
    await time.advance(30_000);
    const { outbox: next } = await openDesk({ storage, time, server });
    await time.advance(29_999);
    expect(statesOf(next)).toEqual(["s1 delivered"]);
    await time.advance(1);
    expect(next.entries()).toEqual([]);
  });

  it("is not sent again when its event comes before the answer", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["answer_lost"];
    outbox.add(newSet("s1"));
    await settle();
    outbox.confirm("s1");
    await time.advance(60_000);
    expect(server.requests).toBe(1);
    expect(outbox.entries()).toEqual([]);
  });

  it("that was refused can be tried again, or given up", async () => {
    const { outbox, server } = await openDesk();
    server.ended.add("leg-day");
    outbox.add(newSet("s1"));
    outbox.add(newSet("s2"));
    await outbox.whenIdle();
    expect(outbox.entries()[0]?.error).toEqual({ code: "session_ended", detail: "Over." });
    outbox.dismiss("s2");
    server.ended.clear();
    outbox.retry("s1");
    await outbox.whenIdle();
    expect(statesOf(outbox)).toEqual(["s1 delivered"]);
    expect(outbox.entries()[0]?.error).toBeUndefined();
    expect(server.effects).toEqual(["leg-day set s1"]);
  });

  it("is taken once, however often it is handed over", async () => {
    const { outbox, server } = await openDesk();
    expect([outbox.add(newSet("s1")), outbox.add(newSet("s1", 9))]).toEqual(["s1", "s1"]);
    await outbox.whenIdle();
    outbox.add(newSet("s1", 9));
    expect(statesOf(outbox)).toEqual(["s1 delivered"]);
    expect(server.requests).toBe(1);
  });

  it("has an id and a time from the start, on the server's clock", async () => {
    const { outbox, time } = await openDesk({ now: () => 1_795_420_900_000.4 });
    const { sessionId, ...rest } = newSet("s1");
    expect(rest.kind === "set" && rest.set.timestampMs).toBeUndefined();
    const set = { exerciseId: "squat", exerciseName: "Squat", weightKg: 100, reps: 5 };
    const id = outbox.add({ kind: "set", sessionId, set });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(outbox.entries()[0]).toMatchObject({
      madeAt: 1_795_420_900_000,
      set: { id, timestampMs: 1_795_420_900_000 },
    });
    expect(time.now).not.toBe(1_795_420_900_000);
  });
});

describe("what was not sent yet", () => {
  it("is changed and removed right here", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["rate_limited"];
    outbox.add(newMessage("m1"));
    outbox.add(newSet("s1"));
    outbox.add(newSet("s2"));
    await settle();
    const about = { sessionId: "leg-day" };
    outbox.add({ ...about, kind: "set_change", setId: "s1", change: { reps: 8 } });
    outbox.add({ ...about, kind: "set_change", setId: "s2", change: { reps: 9 } });
    outbox.add({ ...about, kind: "set_removal", setId: "s2" });
    expect(statesOf(outbox)).toEqual(["m1 waiting", "s1 waiting"]);
    await time.advance(7_000);
    expect(server.requests).toBe(3);
    expect([...server.sets.values()].map(({ id, reps }) => [id, reps])).toEqual([["s1", 8]]);
  });

  it("is not meant by that once it may have arrived", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["answer_lost"];
    outbox.add(newSet("s1"));
    await settle();
    outbox.add({ kind: "set_removal", sessionId: "leg-day", setId: "s1" });
    expect(outbox.entries()).toHaveLength(2);
    await time.advance(1_000);
    expect(server.sets.size).toBe(0);
    expect(server.removed).toEqual(new Set(["s1"]));
  });

  it("and was refused after several attempts is removed on the server as well", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["request_lost"];
    outbox.add(newSet("s1", 2000));
    await time.advance(1_000);
    expect(statesOf(outbox)).toEqual(["s1 refused"]);
    // The first of them may be on its way still.
    outbox.add({ kind: "set_removal", sessionId: "leg-day", setId: "s1" });
    expect(outbox.entries().map(({ kind }) => kind)).toEqual(["set_removal"]);
    await outbox.whenIdle();
    expect(server.requests).toBe(3);
  });

  it("of changes is one change", async () => {
    const { outbox, server, time } = await openDesk();
    outbox.add(newSet("s1"));
    await outbox.whenIdle();
    server.fates = ["request_lost"];
    outbox.add(newMessage("m1"));
    await settle();
    const about = { kind: "set_change", sessionId: "leg-day", setId: "s1" } as const;
    const ids = [{ reps: 8 }, { weightKg: 90 }, { reps: 9 }, {}]
      .map((change) => outbox.add({ ...about, change }));
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    await time.advance(1_000);
    expect(server.sets.get("s1")).toMatchObject({ reps: 9, weightKg: 90 });
    expect(server.requests).toBe(4);
  });
});

import { describe, expect, it, vi } from "vitest";
import { memoryStorage } from "./storage.ts";
import { newMessage, newSet, openDesk, statesOf } from "./testing/desk.ts";
import { refusal } from "./testing/model-server.ts";
import { settle } from "./testing/virtual-time.ts";

// When entries go out, and when they wait.

describe("sending", () => {
  it("takes what is made at once, and sets together that waited together", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["request_lost"];
    outbox.add(newSet("s1"));
    await settle();
    for (let index = 2; index <= 250; index++) outbox.add(newSet(`s${index}`));
    await time.advance(1_000);
    expect(server.requests).toBe(3);
    expect(server.effects).toEqual(
      Array.from({ length: 250 }, (_, index) => `leg-day set s${index + 1}`),
    );
  });

  it("keeps the order of a session, and sessions do not wait for each other", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["rate_limited"];
    outbox.add(newMessage("m1", "arms"));
    outbox.add(newSet("s1", 5, "arms"));
    outbox.add(newMessage("m2", "legs"));
    await settle();
    expect(server.effects).toEqual(["legs message m2"]);
    await time.advance(6_999);
    expect(server.effects).toHaveLength(1);
    await time.advance(1);
    expect(server.effects.slice(1)).toEqual(["arms message m1", "arms set s1"]);
  });

  it("lets sets wait that the server had no room for, and those after them", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["request_lost", "half_rate_limited"];
    for (const id of ["s1", "s2", "s3", "s4"]) outbox.add(newSet(id));
    outbox.add(newMessage("m1"));
    await time.advance(1_000);
    expect(statesOf(outbox)).toEqual([
      "s1 delivered",
      "s2 delivered",
      "s3 waiting",
      "s4 waiting",
      "m1 waiting",
    ]);
    expect(outbox.entries()[2]?.retryAt).toBe(time.now + 7_000);
    await time.advance(7_000);
    expect(server.effects.at(-1)).toBe("leg-day message m1");
  });

  it("waits twice as long after each failure, up to a minute, and goes on for ever", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = Array(40).fill("request_lost");
    outbox.add(newMessage("m1"));
    await settle();
    const waits: number[] = [];
    for (let failure = 1; failure <= 40; failure++) {
      const wait = (outbox.entries()[0]?.retryAt ?? 0) - time.now;
      waits.push(wait);
      await time.advance(wait);
    }
    expect(waits.slice(0, 8)).toEqual([1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000]);
    expect(statesOf(outbox)).toEqual(["m1 delivered"]);
    expect(outbox.entries()[0]?.attempts).toBe(41);
    // What was overcome is forgotten.
    server.fates = ["request_lost"];
    outbox.add(newMessage("m2"));
    await settle();
    expect(outbox.entries()[1]?.retryAt).toBe(time.now + 1000);
  });

  it("does not wait any longer when it is woken, unless the server named the moment", async () => {
    const { outbox, server } = await openDesk();
    server.fates = ["request_lost", "rate_limited"];
    outbox.add(newMessage("m1"));
    await settle();
    outbox.wake();
    await settle();
    expect(server.requests).toBe(2);
    outbox.wake();
    await outbox.flush();
    expect(server.requests).toBe(2);
    expect(outbox.entries()[0]).toMatchObject({
      state: "waiting",
      error: { code: "rate_limited" },
    });
  });

  it("asks about sets one by one when a call is refused as a whole", async () => {
    const { outbox, server, time } = await openDesk();
    const calls = server.calls();
    const { outbox: picky } = await openDesk({
      server,
      time,
      deliver: {
        ...calls,
        sets: {
          ...calls.sets,
          logAll: (sessionId, sets) =>
            sets.some(({ id }) => id === "bad")
              ? Promise.reject(refusal("invalid_request", 400))
              : calls.sets.logAll(sessionId, sets),
        },
      },
    });
    await outbox.close();
    for (const id of ["s1", "bad", "s2"]) picky.add(newSet(id));
    await picky.whenIdle();
    expect(statesOf(picky)).toEqual(["s1 delivered", "bad refused", "s2 delivered"]);
  });

  it("does not wait for ever for an answer", async () => {
    const deliver = vi.fn(() => new Promise<never>(() => {}));
    const { outbox, time } = await openDesk({
      deliver: {
        sets: { logAll: deliver, amend: deliver, remove: deliver },
        talk: { say: deliver, react: deliver },
      },
    });
    outbox.add(newMessage("m1"));
    await time.advance(30_000);
    expect(outbox.entries()[0]).toMatchObject({
      state: "waiting",
      error: { code: "network_error" },
    });
    await time.advance(1_000);
    expect(deliver).toHaveBeenCalledTimes(2);
  });

  it("keeps what could not be sent through a fault on this side", async () => {
    const { outbox, server, time } = await openDesk();
    const calls = server.calls();
    const say = vi.fn(calls.talk.say).mockImplementationOnce(() => {
      throw new TypeError("undefined is not a function");
    });
    const faulty = await openDesk({
      server,
      time,
      deliver: { ...calls, talk: { ...calls.talk, say } },
    });
    await outbox.close();
    faulty.outbox.add(newMessage("m1"));
    await time.advance(1_000);
    expect(statesOf(faulty.outbox)).toEqual(["m1 delivered"]);
  });
});

describe("a person who is not signed in", () => {
  it("loses nothing; it goes out when they are again", async () => {
    const { outbox, server, time } = await openDesk();
    server.fates = ["signed_out"];
    outbox.add(newMessage("m1"));
    outbox.add(newMessage("m2"));
    await time.advance(3_600_000);
    expect(server.requests).toBe(1);
    expect(outbox.entries()[0]).toMatchObject({
      state: "waiting",
      error: { code: "unauthenticated" },
    });
    outbox.wake();
    await outbox.whenIdle();
    expect(server.effects).toHaveLength(2);
  });

  it("does not see as being sent what was being sent when the application was closed", async () => {
    const storage = memoryStorage();
    const never = () => new Promise<never>(() => {});
    const { outbox, server, time } = await openDesk({ storage });
    await outbox.close();
    const calls = server.calls(never);
    const { outbox: closed } = await openDesk({ storage, time, deliver: calls });
    closed.add(newMessage("m1"));
    await settle();
    expect(statesOf(closed)).toEqual(["m1 sending"]);
    const { outbox: next } = await openDesk({ storage, time, server, signedInAs: () => null });
    expect(next.entries()[0]).toMatchObject({ state: "waiting", attempts: 1 });
  });

  it("has nothing sent in the name of somebody else", async () => {
    let user: string | null = "you";
    const { outbox, server, time } = await openDesk({ signedInAs: () => Promise.resolve(user) });
    outbox.add(newMessage("m1"));
    await time.advance(600_000);
    user = null;
    await time.advance(600_000);
    expect(server.requests).toBe(0);
    expect(outbox.entries()[0]).toMatchObject({ state: "waiting", attempts: 0 });
    user = "me";
    await time.advance(60_000);
    expect(server.effects).toHaveLength(1);
  });

  it("can change what is made while it is found out who they are", async () => {
    let tell = (_user: string) => {};
    const user = new Promise<string>((resolve) => tell = resolve);
    const { outbox, server } = await openDesk({ signedInAs: () => user });
    outbox.add(newSet("s1"));
    outbox.add(newSet("s2"));
    await settle();
    const about = { kind: "set_change", sessionId: "leg-day" } as const;
    outbox.add({ ...about, setId: "s1", change: { reps: 9 } });
    outbox.add({ kind: "set_removal", sessionId: "leg-day", setId: "s2" });
    tell("me");
    await outbox.whenIdle();
    expect([...server.sets.values()].map(({ id, reps }) => [id, reps])).toEqual([["s1", 9]]);
  });

  it("is asked for again, soon and then ever more seldom, where it can be told who it is", async () => {
    const { outbox, server, time } = await openDesk({ signedInAs: () => "me" });
    server.fates = Array.from({ length: 12 }, () => "signed_out");
    outbox.add(newMessage("m1"));
    const askedAt: number[] = [];
    for (let second = 0; second <= 1_500; second++) {
      await time.advance(second === 0 ? 0 : 1_000);
      if (server.requests > askedAt.length) askedAt.push(second);
    }
    // The token may just have expired on its way; or nobody is signed in any more.
    expect(askedAt).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 811, 1_111, 1_411]);
    expect(server.effects).toHaveLength(1);
  });
});

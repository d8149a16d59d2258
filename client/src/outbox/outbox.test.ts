import { describe, expect, it, vi } from "vitest";
import { memoryStorage } from "./storage.ts";
import { newMessage, newSet, openDesk, statesOf } from "./testing/desk.ts";
import { settle } from "./testing/virtual-time.ts";

// What is about the outbox as a whole.

describe("an outbox", () => {
  it("hands out the same entries until something changes, session by session", async () => {
    const { outbox, server } = await openDesk();
    server.fates = ["rate_limited"];
    outbox.add(newMessage("m1", "arms"));
    await settle();
    const [all, arms, legs] = [outbox.entries(), outbox.entries("arms"), outbox.entries("legs")];
    expect([outbox.entries(), outbox.entries("arms"), outbox.entries("legs")]).toEqual([
      all,
      arms,
      legs,
    ]);
    outbox.add(newMessage("m2", "legs"));
    expect(outbox.entries()).not.toBe(all);
    expect(outbox.entries("arms")).toBe(arms);
    expect(outbox.entries("legs")).not.toBe(legs);
  });

  it("tells its listeners, and none disturbs it or the others", async () => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
    const { outbox } = await openDesk();
    const states: string[][] = [];
    outbox.subscribe(() => {
      throw new Error("A listener's own fault");
    });
    const unsubscribe = outbox.subscribe(() => states.push(statesOf(outbox)));
    outbox.add(newSet("s1"));
    await outbox.whenIdle();
    expect(states.map(String)).toEqual(["s1 waiting", "s1 sending", "s1 delivered"]);
    unsubscribe();
    outbox.confirm("s1");
    expect(states).toHaveLength(3);
    expect(complaints).toHaveBeenCalled();
    complaints.mockRestore();
  });

  it("works without a storage that works, and says so", async () => {
    const onStorageError = vi.fn();
    const fails = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
    const storage = { getItem: () => null, setItem: fails, removeItem: fails };
    const { outbox, server } = await openDesk({ storage, onStorageError });
    outbox.add(newSet("s1"));
    await outbox.whenIdle();
    expect(server.effects).toEqual(["leg-day set s1"]);
    expect(onStorageError).toHaveBeenCalledWith(expect.any(DOMException));
  });

  it("that is closed sends nothing, forgets nothing and leaves no timer", async () => {
    const storage = memoryStorage();
    const { outbox, server, time } = await openDesk({ storage });
    server.fates = ["request_lost"];
    outbox.add(newMessage("m1"));
    await settle();
    await outbox.close();
    await outbox.whenIdle();
    outbox.wake();
    expect(time.pending).toBe(0);
    expect(() => outbox.add(newMessage("m2"))).toThrow("This outbox is closed.");
    await time.advance(60_000);
    expect(server.requests).toBe(1);
    const { outbox: other } = await openDesk({ storage, server, time, userId: "you" });
    expect(other.entries()).toEqual([]);
    const { outbox: next } = await openDesk({ storage, server, time });
    await next.whenIdle();
    expect(server.effects).toEqual(["leg-day message m1"]);
  });
});

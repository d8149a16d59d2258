import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newMessage, newSet, openDesk, statesOf } from "./testing/desk.ts";
import { type Fate, ModelServer } from "./testing/model-server.ts";
import { settle, VirtualTime } from "./testing/virtual-time.ts";
import type { OutboxStorage } from "./types.ts";

// Tabs of one browser: a storage that all of them see, and locks where the browser has them.

/** What navigator.locks does with exclusive locks: those who ask get it one after the other. */
class Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  request<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work);
    this.#last.set(name, mine.catch(() => {}));
    return mine;
  }
}

function localStorageOf(values: Map<string, string>): OutboxStorage {
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

async function openTabs() {
  const [time, server, values] = [new VirtualTime(), new ModelServer(), new Map<string, string>()];
  const open = () => openDesk({ time, server, storage: localStorageOf(values) });
  return { time, server, tabs: [(await open()).outbox, (await open()).outbox] as const };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("two tabs with locks", () => {
  it("send everything once, and agree about it", async () => {
    vi.stubGlobal("navigator", { locks: new Locks() });
    const { server, tabs: [one, other], time } = await openTabs();
    server.fates = ["request_lost", "request_lost"];
    for (let index = 1; index <= 10; index++) {
      one.add(newMessage(`a${index}`));
      other.add(newMessage(`b${index}`));
    }
    await time.advance(10_000);
    other.wake();
    await other.flush();
    expect(server.requests).toBe(22);
    expect(server.effects).toHaveLength(20);
    one.wake();
    await one.flush();
    expect(server.requests).toBe(22);
    expect(statesOf(one)).toEqual(statesOf(other));
  });

  it("do not send what the other one is sending", async () => {
    vi.stubGlobal("navigator", { locks: new Locks() });
    const [time, server, values] = [
      new VirtualTime(),
      new ModelServer(),
      new Map<string, string>(),
    ];
    let answer = () => {};
    const gate = new Promise<void>((resolve) => answer = resolve);
    const open = async () => {
      const storage = localStorageOf(values);
      return (await openDesk({ time, storage, deliver: server.calls(() => gate) })).outbox;
    };
    const [one, other] = [await open(), await open()];
    one.add(newMessage("m1"));
    await settle();
    other.wake();
    other.add(newMessage("m2"));
    await settle();
    answer();
    await Promise.all([one.whenIdle(), other.whenIdle()]);
    expect(server.requests).toBe(2);
    expect(statesOf(other)).toEqual(["m1 delivered", "m2 delivered"]);
  });

  it("change what the other one made, while it was not sent", async () => {
    vi.stubGlobal("navigator", { locks: new Locks() });
    const { server, tabs: [one, other], time } = await openTabs();
    server.fates = ["rate_limited"];
    one.add(newMessage("m1"));
    await settle();
    one.add(newSet("s1"));
    one.add(newSet("s2"));
    const about = { sessionId: "leg-day", setId: "s1" };
    other.add({ ...about, kind: "set_change", change: { reps: 12 } });
    other.add({ ...about, kind: "set_removal", setId: "s2" });
    await time.advance(7_000);
    expect([...server.sets.values()].map(({ id, reps }) => [id, reps])).toEqual([["s1", 12]]);
    expect(server.requests).toBe(3);
  });

  it("get by without locks where the page may not have any", async () => {
    const request = () => Promise.reject(new DOMException("No locks here.", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    const { server, tabs: [one] } = await openTabs();
    one.add(newMessage("m1"));
    await one.whenIdle();
    expect(server.effects).toEqual(["leg-day message m1"]);
  });
});

describe("two tabs without locks", () => {
  it("lose nothing and do nothing twice", async () => {
    const fates = fc.constantFrom<Fate>("fine", "request_lost", "answer_lost", "late", "twice");
    const action = fc.record({
      tab: fc.constantFrom(0, 1),
      kind: fc.constantFrom("set", "message", "wait"),
      ms: fc.nat(3_000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action), fc.array(fates), async (actions, ahead) => {
        const { server, tabs, time } = await openTabs();
        server.fates = [...ahead];
        const made: string[] = [];
        for (const [index, { tab, kind, ms }] of actions.entries()) {
          if (kind === "wait") await time.advance(ms);
          else {
            made.push(`leg-day ${kind} ${index}`);
            tabs[tab]?.add(kind === "set" ? newSet(`${index}`) : newMessage(`${index}`));
          }
        }
        await time.advance(600_000);
        server.deliverLate();
        expect([...server.effects].sort()).toEqual(made.sort());
        await Promise.all(tabs.map((tab) => tab.close()));
      }),
      { numRuns: 100 },
    );
  });
});

describe("in a browser", () => {
  it("a tab shows what another one made, and sends when the network is back", async () => {
    const target = new EventTarget();
    const values = new Map<string, string>();
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", localStorageOf(values));
    vi.stubGlobal("addEventListener", target.addEventListener.bind(target));
    vi.stubGlobal("removeEventListener", target.removeEventListener.bind(target));
    const [time, server] = [new VirtualTime(), new ModelServer()];
    const open = async () => (await openDesk({ time, server, storage: undefined })).outbox;
    const [one, other] = [await open(), await open()];
    server.fates = ["rate_limited", "request_lost"];
    one.add(newMessage("m1"));
    await settle();
    expect(other.entries()).toEqual([]);
    const written = Object.assign(new Event("storage"), { key: "live-workout.outbox.me.a" });
    target.dispatchEvent(written);
    expect(statesOf(other)).toEqual(["m1 waiting"]);
    await time.advance(7_000);
    expect(server.effects).toEqual([]);
    target.dispatchEvent(new Event("online"));
    await settle();
    expect(server.effects).toEqual(["leg-day message m1"]);
    await Promise.all([one.close(), other.close()]);
    const requests = server.requests;
    target.dispatchEvent(new Event("online"));
    await settle();
    expect(server.requests).toBe(requests);
  });
});

import { describe, expect, it } from "vitest";
import { follow, newClient, server } from "../../../tests/client/sync_support/channels.ts";
import { until } from "../../../tests/client/sync_support/until.ts";
import { followChannel } from "./channel.ts";

describe("a topic that changes", () => {
  it("is left for the new one, and nothing of the old is heard any more", async () => {
    const { follower, heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    follower.follow("b");
    server.broadcast("a", "live_event", "late");
    expect(follower.topic).toBe("b");
    await until(() => times("joined") === 2, "the second join");
    server.broadcast("b", "live_event", "new");
    await until(() => heard.length === 3, "the message");
    expect(heard).toEqual(["joined", "joined", ["live_event", "new"]]);
    await until(() => server.members("a") === 0, "leaving");
  });

  it("may change back at once, and to and fro", async () => {
    const client = newClient();
    const { follower, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    for (const topic of ["b", "a", "b", "a", null, "a"]) follower.follow(topic);
    await until(() => follower.state === "joined", "the join");
    await until(() => server.members("b") === 0, "leaving");
    expect(client.getChannels().map((channel) => channel.topic)).toEqual(["realtime:a"]);
    expect(server.members("a")).toBe(1);
  });

  it("may be none for a while", async () => {
    const client = newClient();
    const { follower, heard } = follow(client, null);
    expect(follower).toMatchObject({ topic: null, state: "idle" });
    follower.follow("a");
    await until(() => follower.state === "joined", "the join");
    follower.follow(null);
    await until(() => client.getChannels().length === 0, "leaving");
    expect(heard).toEqual(["joined"]);
  });
});

describe("several followers in one client", () => {
  it("share a channel, which stays until the last has gone", async () => {
    const client = newClient();
    const [one, other] = [follow(client, "a"), follow(client, "a")];
    await until(() => one.times("joined") + other.times("joined") === 2, "the joins");
    const late = follow(client, "a");
    await until(() => late.times("joined") === 1, "the join");
    expect(server.joins).toHaveLength(1);

    await one.follower.close();
    server.broadcast("a", "live_event", 1);
    await until(() => other.heard.length === 2 && late.heard.length === 2, "the message");
    expect(one.heard).toEqual(["joined"]);

    await other.follower.close();
    await late.follower.close();
    expect(client.getChannels()).toEqual([]);
    await until(() => server.members("a") === 0, "leaving");
    expect(server.leaves).toEqual(["a"]);
  });

  it("do not disturb each other: one that fails is not the other's affair", async () => {
    const client = newClient();
    const failing = followChannel(client, "a", {
      joined: () => {
        throw new Error("a mistake of the application (this is said on purpose)");
      },
      lost: () => {},
      refused: () => {},
      message: () => {
        throw new Error("another mistake of the application (this is said on purpose)");
      },
    });
    const { heard } = follow(client, "a");
    await until(() => heard.length === 1, "the join");
    server.broadcast("a", "live_event", 1);
    await until(() => heard.length === 2, "the message");
    expect(failing.state).toBe("joined");
    await failing.close();
  });

  it("may come back at once after the last has gone", async () => {
    const client = newClient();
    for (let round = 0; round < 5; round++) {
      const { follower, times } = follow(client, "a");
      await until(() => times("joined") === 1, "the join");
      void follower.close();
    }
    const last = follow(client, "a");
    await until(() => last.times("joined") === 1, "the join");
    server.broadcast("a", "live_event", 1);
    await until(() => last.heard.length === 2, "the message");
    expect(client.getChannels()).toHaveLength(1);
  });

  it("follow a hundred topics at once through a drop of the socket", async () => {
    const client = newClient();
    const all = Array.from({ length: 100 }, (_, index) => follow(client, `topic-${index}`));
    await until(() => all.every((one) => one.times("joined") === 1), "the joins");
    server.dropSockets();
    await until(() => all.every((one) => one.times("joined") === 2), "the second joins", 10_000);
    expect(server.joins).toHaveLength(200);
  });
});

describe("what belongs to the application", () => {
  it("is left alone: a channel of its own for the same topic is listened in on", async () => {
    const client = newClient();
    const statuses: string[] = [];
    const own = client.channel("a", { config: { private: true } });
    own.subscribe((status) => statuses.push(status));
    await until(() => statuses.length === 1, "the application's join");
    const [first, second] = [follow(client, "a"), follow(client, "a")];
    await until(() => first.times("joined") === 1, "the join");
    server.broadcast("a", "live_event", 1);
    await until(() => second.heard.length === 2, "the message");
    await first.follower.close();
    await second.follower.close();
    expect(own.state).toBe("joined");

    const { follower, heard, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    server.broadcast("a", "live_event", 2);
    await until(() => heard.length === 2, "the message");
    expect(server.joins).toHaveLength(1);
    await client.removeChannel(own);
    await until(() => times("joined") === 2, "a join of its own");
    expect(heard).toEqual(["joined", ["live_event", 2], "lost", "joined"]);
    expect(statuses).toEqual(["SUBSCRIBED", "CLOSED"]);
    expect(follower.state).toBe("joined");
    expect(first.heard).toEqual(["joined", ["live_event", 1]]);
  });

  it("is waited for while it is of no use: not joined, or not private", async () => {
    const client = newClient();
    const own = client.channel("a");
    own.subscribe();
    await until(() => own.state === "joined", "the application's join");
    const { heard, times } = follow(client, "a");
    await until(() => times("lost") >= 1, "the loss");
    await client.removeChannel(own);
    await until(() => times("joined") === 1, "the join");
    expect(new Set(heard.slice(0, -1))).toEqual(new Set(["lost"]));
  });

  it("keeps a channel that both use when the socket breaks", async () => {
    const client = newClient();
    const own = client.channel("a", { config: { private: true } });
    own.subscribe();
    await until(() => own.state === "joined", "the application's join");
    const { heard, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    server.dropSockets();
    await until(() => times("joined") === 2, "the second join", 8_000);
    expect(heard.filter((one) => one !== "lost")).toEqual(["joined", "joined"]);
    expect(own.state).toBe("joined");
  });
});

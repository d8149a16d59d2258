import { describe, expect, it } from "vitest";
import { follow, server, upTo } from "../../../tests/client/sync_support/following.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("a connection that comes and goes", () => {
  it("is offline while the socket is down, and complete afterwards", async () => {
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    await server.realtime.stop();
    await until(() => heard.standing === "offline", "offline");
    server.happen(5, false);
    await server.realtime.listen();
    await until(() => heard.isLive, "live", 10_000);
    expect(heard.seqs).toEqual(upTo(5));
  });

  it("is offline while requests fail, even with the socket up, and tries again", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.refuse = () => ({ status: 503 });
    await sync.check();
    expect(heard.standing).toBe("offline");
    server.happen(1);
    await until(() => heard.last === 1, "the broadcast, which comes nevertheless");
    expect(heard.standing).toBe("offline");
    server.refuse = () => null;
    await until(() => heard.isLive, "live");
  });

  it("tries again when it cannot even begin", async () => {
    server.happen(2);
    server.refuse = () => server.asked.length < 3 ? { status: 500, code: "internal_error" } : null;
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    expect(heard.connections[1]).toBe("offline");
    expect(heard.seqs).toEqual([1, 2]);
  });

  it("does as it is told when there are too many requests", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.refuse = () => ({ status: 429, code: "rate_limited", retryAfterSeconds: 2 });
    await sync.check();
    server.refuse = () => null;
    await until(() => heard.isLive, "live");
    const [before, after] = server.asked.slice(-2);
    expect(after!.at - before!.at).toBeGreaterThanOrEqual(1_950);
  });

  it("goes on without a channel, by asking", async () => {
    server.realtime.verdict = () => ({ reason: "ChannelRateLimitReached" });
    const { heard } = follow({ tailCheckMs: 500 });
    await until(() => heard.standing === "offline", "offline");
    server.happen(3);
    await until(() => heard.last === 3, "the events");
    server.realtime.verdict = () => "ok";
    await until(() => heard.isLive, "live", 10_000);
  });

  it("signs of being signed out end nothing", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.refuse = () => ({ status: 401, code: "unauthenticated" });
    await sync.check();
    expect(heard.standing).toBe("offline");
    server.refuse = () => null;
    await until(() => heard.isLive, "live");
  });

  it("reads the present first after having been away for more than a page", async () => {
    const { heard, sync } = follow({ pageSize: 10 });
    await until(() => heard.isLive, "live");
    server.happen(35, false);
    await sync.check();
    expect(heard.snapshots.map(({ lastSeq }) => lastSeq)).toEqual([0, 35]);
    expect(heard.seqs).toEqual(upTo(35));
  });

  it("survives storms: sockets that break, answers that fail, broadcasts that are lost", async () => {
    const { heard } = follow({ tailCheckMs: 1_000, pageSize: 7 });
    let count = 0;
    server.refuse = () => ++count % 3 === 0 ? { status: 502 } : null;
    server.before = () => quiet(count % 5 * 20);
    for (let round = 0; round < 60; round++) {
      server.happen(1 + round % 4, round % 3 !== 0);
      if (round % 20 === 10) server.realtime.dropSockets();
      if (round % 15 === 7) server.broadcast(1 + round % 9);
      await quiet(50);
    }
    server.refuse = () => null;
    await until(() => heard.isLive && heard.last === server.last, "everything", 15_000);
    expect(heard.seqs).toEqual(upTo(server.last));
  });
});

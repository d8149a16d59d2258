import { describe, expect, it } from "vitest";
import { follow, pages, server } from "../../../tests/client/sync_support/following.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("losses", () => {
  it("a gap is noticed at once, and filled", async () => {
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    server.happen(1);
    server.happen(2, false);
    server.happen(1);
    await until(() => heard.last === 4, "the missing ones", 2_000);
    expect(heard.standing).toBe("live");
    expect(heard.connections.slice(2)).toEqual(["live", "catching_up", "live"]);
    expect(pages()).toHaveLength(2);
  });

  it("what only arrives in the wrong order or twice is asked nobody about", async () => {
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    const asked = server.asked.length;
    server.happen(4, false);
    for (const seq of [2, 1, 2, 4, 3, 1]) server.broadcast(seq);
    await until(() => heard.last === 4, "all four");
    await quiet(400);
    expect(heard.standing).toBe("live");
    expect(server.asked).toHaveLength(asked);
  });

  it("the last one, which leaves no gap, is found by asking now and then", async () => {
    const { heard } = follow({ tailCheckMs: 400 });
    await until(() => heard.isLive, "live");
    server.happen(1, false);
    await until(() => heard.last === 1, "the last one", 1_000);
  });

  it("and by asking on demand", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.happen(1, false);
    await sync.check();
    expect(heard.seqs).toEqual([1]);
  });

  it("the present is read anew on demand", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.happen(1, false);
    await sync.refresh();
    expect(heard.snapshots.map(({ lastSeq }) => lastSeq)).toEqual([0, 1]);
    expect(heard.seqs).toEqual([1]);
    await sync.check();
    expect(heard.snapshots).toHaveLength(2);
  });

  it("the present is read anew on demand while the log is being read, too", async () => {
    server.happen(5);
    const { heard, sync } = follow({ pageSize: 2 });
    let refreshed: Promise<void> | undefined;
    server.before = ({ after }) => {
      if (after === 2) refreshed = sync.refresh();
    };
    await until(() => heard.isLive, "live");
    await refreshed;
    expect(heard.snapshots).toHaveLength(2);
    expect(heard.seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it("a channel that brings nothing any more is joined anew", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.realtime.forget(server.topic!);
    server.happen(1);
    await sync.check();
    expect(heard.last).toBe(1);
    await until(() => server.realtime.joins.length === 2, "another join", 7_000);
    await until(() => heard.isLive, "live");
    server.happen(1);
    await until(() => heard.last === 2, "the next one");
  });

  it("a channel that the client gave up without a word is joined anew", async () => {
    const { heard, client } = follow({ tailCheckMs: 400 });
    await until(() => heard.isLive, "live");
    client.getChannels()[0]?.teardown();
    await until(() => server.realtime.joins.length === 2, "another join");
    await until(() => heard.isLive, "live");
    expect(heard.connections).toContain("offline");
  });

  it("a channel that brings nothing because nothing happens is left as it is", async () => {
    server.happen(5);
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    for (let time = 0; time < 3; time++) await sync.check();
    await quiet(5_500);
    expect(server.realtime.joins).toHaveLength(1);
  });

  it("a channel that brings the next ones is left as it is", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.happen(1, false);
    await sync.check();
    server.happen(1);
    await until(() => heard.last === 2, "the next one");
    await quiet(5_500);
    expect(server.realtime.joins).toHaveLength(1);
  });

  it("what is no event of this session is not taken for one", async () => {
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    const asked = server.asked.length;
    for (const wrong of [null, 7, {}, { ...server.event(1), sessionId: "another" }]) {
      server.realtime.broadcast(server.topic!, "live_event", wrong);
    }
    await until(() => server.asked.length > asked, "a question");
    await until(() => heard.isLive, "live");
    expect(heard.log).toEqual([]);
  });
});

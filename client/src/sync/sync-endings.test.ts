import { describe, expect, it } from "vitest";
import { follow, server } from "../../../tests/client/sync_support/following.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("the end", () => {
  it("of the session: its last events come, and then nothing is asked any more", async () => {
    server.happen(3);
    const { heard, client, sync } = follow({ tailCheckMs: 200 });
    await until(() => heard.isLive, "live");
    server.status = "ended";
    server.happen(1);
    await until(() => heard.last === 4, "the last one");
    await until(() => client.getChannels().length === 0, "leaving");
    const asked = server.asked.length;
    await quiet(700);
    expect(server.asked).toHaveLength(asked);
    expect(heard.connections.slice(-1)).toEqual(["live"]);
    await sync.check();
    expect(server.asked).toHaveLength(asked + 1);
    expect(heard.standing).toBe("live");
  });

  it("of the session, long ago: the log is read, and no channel is kept", async () => {
    server.happen(3);
    server.status = "ended";
    server.realtime.verdict = () => ({ reason: "Unauthorized: nobody" });
    const { heard, client } = follow({ tailCheckMs: 200 });
    await until(() => heard.isLive, "live");
    expect(heard.seqs).toEqual([1, 2, 3]);
    expect(client.getChannels()).toEqual([]);
    await quiet(500);
    expect(server.asked.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ["not_participant", 403],
    ["session_not_found", 404],
    ["invalid_request", 400],
  ])("for this person, because of %s: says so once, and falls silent", async (code, status) => {
    const { heard, client } = follow({ tailCheckMs: 200 });
    await until(() => heard.isLive, "live");
    server.refuse = () => ({ status, code });
    server.move();
    await until(() => heard.reasons.length > 0, "closed");
    server.happen(2);
    server.realtime.broadcast(`live_session:${server.id}`, "live_event", server.event(1));
    await quiet(600);
    expect(heard.reasons).toMatchObject([{ code, status }]);
    expect(heard.log).toEqual([]);
    expect(heard.standing).toBe("closed");
    expect(client.getChannels()).toEqual([]);
  });

  it("for somebody who has left: refused the channel, and told of no other", async () => {
    server.topic = undefined;
    server.realtime.verdict = () => ({ reason: "Unauthorized: not in it" });
    const { heard } = follow();
    await until(() => heard.reasons.length > 0, "closed", 28_000);
    expect(heard.reasons).toMatchObject([{ code: "not_participant" }]);
    expect(heard.connections).not.toContain("live");
  }, 30_000);

  it("for a log on the device that cannot be this session's", async () => {
    server.happen(3);
    const { heard } = follow({ after: 4 });
    await until(() => heard.reasons.length > 0, "closed");
    expect(heard.reasons).toMatchObject([{ code: "unexpected_answer" }]);
    expect(heard.snapshots).toEqual([]);
  });
});

describe("closing", () => {
  it("says so once, leaves the channel and asks nothing more", async () => {
    const { heard, sync, client } = follow({ tailCheckMs: 100 });
    await until(() => heard.isLive, "live");
    await Promise.all([sync.close(), sync.close()]);
    expect(heard.reasons).toEqual([null]);
    expect(client.getChannels()).toEqual([]);
    const asked = server.asked.length;
    server.happen(1);
    sync.wake();
    await Promise.all([sync.check(), sync.refresh()]);
    await quiet(400);
    expect(server.asked).toHaveLength(asked);
    expect(heard.connections.slice(-1)).toEqual(["closed"]);
  });

  it("is possible before anything began, and from within every callback", async () => {
    server.happen(3);
    const early = follow();
    void early.sync.close();
    expect(early.heard.reasons).toEqual([null]);
    for (const moment of ["snapshot", "events", "connection", "clock"] as const) {
      const { sync, heard } = follow();
      heard[moment] = () => void sync.close();
      await until(() => heard.reasons.length === 1, `closed in ${moment}`);
      await sync.check();
    }
  });

  it("does not wait for an answer that does not come", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.realtime.isMute = true;
    const checking = sync.check();
    await quiet(50);
    await sync.close();
    await checking;
    expect(heard.reasons).toEqual([null]);
  });
});

import { describe, expect, it } from "vitest";
import { follow, server } from "../../../tests/client/sync_support/following.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("a topic that moves", () => {
  it("is followed, without a loss", async () => {
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    const old = server.topic!;
    server.happen(1);
    server.move();
    server.happen(1);
    await until(() => heard.isLive && server.realtime.members(server.topic!) === 1, "the move");
    server.happen(1);
    await until(() => heard.last === 3, "all of them");
    expect(server.realtime.members(old)).toBe(0);
    expect(heard.connections).not.toContain("offline");
    expect(heard.connections.slice(2)).toEqual(["live", "catching_up", "live"]);
  });

  it("is followed when nobody was told, at the next question", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    server.move(false);
    server.happen(1);
    await sync.check();
    expect(heard.standing).toBe("catching_up");
    await until(() => heard.isLive, "live");
    server.happen(1);
    await until(() => heard.last === 2, "the next one");
  });

  it("may have moved before one came, and moves again and again", async () => {
    server.move();
    const plain = `live_session:${server.id}`;
    server.realtime.verdict = ({ topic }) =>
      topic === server.topic ? "ok" : { reason: "Unauthorized: not here" };
    const { heard } = follow();
    await until(() => heard.isLive, "live");
    for (let round = 0; round < 5; round++) {
      server.move();
      server.happen(2);
      if (round % 2 === 0) await quiet(30);
    }
    await until(() => heard.isLive && heard.last === 10, "everything", 10_000);
    server.happen(1);
    await until(() => heard.last === 11, "the next one");
    expect(server.realtime.members(plain)).toBe(0);
  });

  it("is where an answer says that was asked for after the move, not before", async () => {
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    const joins = server.realtime.joins.length;
    server.after = async () => {
      server.after = () => {};
      server.move();
      await quiet(100);
    };
    await sync.check();
    await until(() => heard.isLive, "live");
    const topics = server.realtime.joins.slice(joins).map(({ topic }) => topic);
    expect(topics).toEqual([server.topic]);
    expect(heard.connections).not.toContain("offline");
  });
});

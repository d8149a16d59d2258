import { describe, expect, it } from "vitest";
import {
  follow,
  newClient,
  pages,
  server,
  upTo,
} from "../../../tests/client/sync_support/following.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("following a session from its beginning", () => {
  it("tells the present, then every event, then each new one as it comes", async () => {
    server.happen(3);
    const { sync, heard } = follow();
    expect(heard.connections).toEqual([]);
    await until(() => heard.isLive, "live");
    expect(heard.snapshots).toMatchObject([{ lastSeq: 3 }]);
    expect(heard.seqs).toEqual([1, 2, 3]);
    server.happen(2);
    await until(() => heard.last === 5, "the new ones");
    expect(sync.lastSeq).toBe(5);
    expect(heard.connections).toEqual(["connecting", "catching_up", "live"]);
    expect(server.asked.map(({ what }) => what)).toEqual(["snapshot", "events"]);
  });

  it("reads a long log in pages, and says how far it is", async () => {
    server.happen(1_234);
    const { heard } = follow({ pageSize: 500 });
    await until(() => heard.isLive, "live");
    expect(heard.seqs).toEqual(upTo(1_234));
    expect(pages().map(({ after, limit }) => [after, limit])).toEqual([
      [0, 500],
      [500, 500],
      [1_000, 500],
    ]);
    expect(heard.progress).toEqual([0, 500, 1_000, 1_234].map((have) => ({ have, of: 1_234 })));
  });

  it("goes on after what was had before", async () => {
    server.happen(20);
    const { heard } = follow({ after: 17 });
    await until(() => heard.isLive, "live");
    expect(heard.seqs).toEqual([18, 19, 20]);
  });

  it("misses nothing that happens between the join, the snapshot and the pages", async () => {
    server.happen(7);
    // Each moment at which something may happen, and every way in which it may be heard of.
    server.before = (asked) => server.happen(2, asked.after % 2 === 0);
    server.after = (asked) => server.happen(1, asked.what === "snapshot");
    const { heard } = follow({ pageSize: 3 });
    await until(() => heard.last > 40, "events");
    server.before = server.after = () => {};
    await until(() => heard.isLive && heard.last === server.last, "live");
    expect(heard.seqs).toEqual(upTo(server.last));
  });

  it("tells no event before the present, even if the channel is the first to bring something", async () => {
    server.happen(3);
    server.after = async () => {
      await until(() => server.realtime.joins.length > 0, "the join");
      server.happen(1);
      await quiet(200);
    };
    const { heard } = follow({ after: 3 });
    await until(() => heard.isLive, "live");
    expect(heard.seqs.slice(0, 2)).toEqual([4, 5]);
  });

  it("is live only once everything from before the join was asked for after it", async () => {
    let join = () => {};
    const joined = new Promise<void>((resolve) => join = resolve);
    server.realtime.verdict = () => {
      // What happens just now is broadcast to nobody.
      server.happen(1, false);
      join();
      return "ok";
    };
    const { heard } = follow();
    await joined;
    await until(() => heard.isLive, "live");
    expect(heard.seqs).toEqual([1]);
  });

  it("hands on what there still is of a log that was dropped", async () => {
    server.happen(9);
    for (const seq of upTo(9)) server.gone.add(seq);
    server.status = "ended";
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    expect(heard.seqs).toEqual([]);
    expect(sync.lastSeq).toBe(9);
  });
});

describe("several syncs of one session in one client", () => {
  it("each get everything, and the one that closes takes nothing from the other", async () => {
    server.happen(2);
    const client = newClient();
    const [one, other] = [follow({}, client), follow({}, client)];
    await until(() => one.heard.isLive && other.heard.isLive, "live");
    server.happen(1);
    await until(() => one.heard.last === 3 && other.heard.last === 3, "the event");
    await one.sync.close();
    server.happen(1);
    await until(() => other.heard.last === 4, "the next one");
    const late = follow({}, client);
    await until(() => late.heard.isLive, "live");
    expect(late.heard.seqs).toEqual(upTo(4));
    expect(server.realtime.joins).toHaveLength(1);
  });
});

describe("the clock", () => {
  it("of the server is told, and told anew", async () => {
    server.clockOffset = 3_600_000;
    const { heard, sync } = follow();
    await until(() => heard.isLive, "live");
    expect(Math.abs(sync.serverNow() - Date.now() - 3_600_000)).toBeLessThan(100);
    server.clockOffset = -60_000;
    await sync.check();
    expect(Math.abs(heard.offsets.at(-1)! + 60_000)).toBeLessThan(100);
    expect(Math.abs(sync.serverNow() - Date.now() + 60_000)).toBeLessThan(100);
  });
});

it.each([{ after: -1 }, { after: 1.5 }, { pageSize: 0 }, { pageSize: 501 }, { tailCheckMs: 0 }])(
  "refuses options that make no sense: %o",
  (options) => {
    expect(() => follow(options)).toThrow(expect.objectContaining({ code: "invalid_request" }));
  },
);

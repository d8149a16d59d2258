import { describe, expect, it } from "vitest";
import {
  follow,
  newClient,
  server,
  UNAUTHORIZED,
} from "../../../tests/client/sync_support/channels.ts";
import { quiet, until } from "../../../tests/client/sync_support/until.ts";

describe("following a channel", () => {
  it("joins it, privately and with the present token, and brings its messages", async () => {
    const { follower, heard } = follow(newClient(), "a");
    expect(heard).toEqual([]);
    await until(() => follower.state === "joined", "the join");
    server.broadcast("a", "live_event", { seq: 1 });
    server.broadcast("b", "live_event", { seq: 2 });
    server.broadcast("a", "other", { seq: 3 });
    await until(() => heard.length >= 3, "the messages");
    expect(heard).toEqual(["joined", ["live_event", { seq: 1 }], ["other", { seq: 3 }]]);
    expect(server.joins).toMatchObject([{ topic: "a", token: "token" }]);
  });

  it("comes back when the socket breaks", async () => {
    const { heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    server.dropSockets();
    await until(() => times("joined") === 2, "the second join");
    expect(heard).toEqual(["joined", "lost", "joined"]);
    server.broadcast("a", "live_event", 1);
    await until(() => heard.length === 4, "the message");
    expect(server.members("a")).toBe(1);
  });

  it("comes back when the server was away, with one join and not one for each attempt", async () => {
    const { heard, times } = follow(newClient(undefined, () => 200), "a");
    await until(() => times("joined") === 1, "the join");
    await server.stop();
    await until(() => times("lost") === 1, "the loss");
    await quiet(2_500);
    await server.listen();
    await until(() => times("joined") === 2, "the second join", 12_000);
    await quiet(300);
    expect(heard).toEqual(["joined", "lost", "joined"]);
    expect(server.joins).toHaveLength(2);
  });

  it("does not wait for the next attempt when it is woken", async () => {
    const { follower, times } = follow(newClient(undefined, () => 60_000), "a");
    await until(() => times("joined") === 1, "the join");
    await server.stop();
    await until(() => times("lost") === 1, "the loss");
    await quiet(1_500);
    await server.listen();
    follower.wake();
    await until(() => times("joined") === 2, "the second join", 3_000);
  });

  it("comes back with a new token when the old one expired", async () => {
    let token = "old";
    const { heard, times } = follow(newClient(() => token), "a");
    await until(() => times("joined") === 1, "the join");
    token = "new";
    server.closeChannel("a", "Token has expired 1 seconds ago");
    await until(() => times("joined") === 2, "the second join");
    expect(heard).toEqual(["joined", "lost", "joined"]);
    expect(server.joins.map((join) => join.token)).toEqual(["old", "new"]);
  });

  it("says when it is refused, and goes on trying, ever more slowly", async () => {
    server.verdict = () => server.joins.length < 4 ? UNAUTHORIZED : "ok";
    const { heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join", 10_000);
    expect(heard).toEqual(["refused", "refused", "refused", "joined"]);
    const pauses = server.joins.slice(1).map(({ at }, index) => at - server.joins[index]!.at);
    expect(pauses[0]).toBeGreaterThanOrEqual(245);
    expect(pauses[2]).toBeGreaterThanOrEqual(995);
  });

  it("takes other refusals for lost", async () => {
    server.verdict = () => server.joins.length < 2 ? { reason: "ChannelRateLimitReached" } : "ok";
    const { heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    expect(heard).toEqual(["lost", "joined"]);
  });

  it("says joined again when a server that was woken has become ready", async () => {
    const { heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    server.say("a", "system", {
      extension: "system",
      status: "ok",
      message: "Replication connection established",
      channel: "a",
    });
    await until(() => times("joined") === 2, "the second joined");
    expect(heard).toEqual(["joined", "joined"]);
    expect(server.joins).toHaveLength(1);
  });

  it("finds out soon that a socket is dead when it is woken", async () => {
    const { follower, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    server.isMute = true;
    follower.wake();
    await until(() => times("lost") === 1, "the loss", 7_000);
    server.isMute = false;
    await until(() => times("joined") === 2, "the second join", 12_000);
  });

  it("leaves a healthy socket alone when it is woken", async () => {
    const client = newClient();
    const { follower, heard, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    // It has not been answered yet, which is no bad sign.
    await client.realtime.sendHeartbeat();
    for (let time = 0; time < 3; time++) follower.wake();
    await quiet(6_000);
    expect(heard).toEqual(["joined"]);
  });

  it("joins again when asked to", async () => {
    const { follower, heard, times } = follow(newClient(), "a");
    await until(() => times("joined") === 1, "the join");
    server.forget("a");
    follower.rejoin(new Error("deaf"));
    await until(() => times("joined") === 2, "the second join");
    server.broadcast("a", "live_event", 1);
    await until(() => heard.length === 4, "the message");
    expect(heard).toEqual(["joined", "lost", "joined", ["live_event", 1]]);
  });

  it("notices, when it looks, that the client gave the channel up without a word", async () => {
    const client = newClient();
    const { follower, heard, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    follower.verify();
    expect(heard).toEqual(["joined"]);
    client.getChannels()[0]?.teardown();
    follower.verify();
    await until(() => times("joined") === 2, "the second join");
    expect(heard).toEqual(["joined", "lost", "joined"]);
  });

  it("survives that the application removes all channels of the client", async () => {
    const client = newClient();
    const { heard, times } = follow(client, "a");
    await until(() => times("joined") === 1, "the join");
    await client.removeAllChannels();
    await until(() => times("joined") === 2, "the second join");
    expect(heard).toEqual(["joined", "lost", "joined"]);
  });
});

describe("closing", () => {
  it("while joining, while lost and while refused leaves no channel behind", async () => {
    server.verdict = ({ topic }) => topic === "silent" ? "silence" : UNAUTHORIZED;
    const client = newClient();
    const joining = follow(client, "silent");
    const refused = follow(client, "refused");
    await until(() => refused.times("refused") >= 1, "the refusal");
    await until(() => server.joins.length >= 2, "the joins");
    await Promise.all([joining.follower.close(), refused.follower.close()]);
    expect(client.getChannels()).toEqual([]);
    expect(joining.heard).toEqual([]);
    const joins = server.joins.length;
    await quiet(1_500);
    expect(server.joins).toHaveLength(joins);
  });

  it("does not wait for a server that is away", async () => {
    const client = newClient();
    const [staying, { follower, times }] = [follow(client, "b"), follow(client, "a")];
    await until(() => times("joined") === 1 && staying.times("joined") === 1, "the joins");
    await server.stop();
    await until(() => times("lost") === 1, "the loss");
    const closingAt = Date.now();
    await follower.close();
    expect(Date.now() - closingAt).toBeLessThan(1_000);
    follower.follow("c");
    expect(follower.topic).toBe(null);
    await server.listen();
  });
});

import http from "node:http";
import net from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Network } from "./network.ts";

// The network of the chaos has to do what the plan says of it.

describe("The network between a client and the servers", () => {
  const servers: http.Server[] = [];
  const sockets: net.Socket[] = [];
  let network: Network;
  /** The paths that arrived anywhere. */
  let arrived: string[];

  async function serve(name: string): Promise<number> {
    const server = http.createServer((request, response) => {
      arrived.push(`${name} ${request.url}`);
      response.end(name);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as net.AddressInfo).port;
  }

  beforeEach(async () => {
    arrived = [];
    const ports = { realtime: await serve("realtime"), http: await serve("gateway") };
    network = await Network.open((destination) => ports[destination], {
      connections: 0,
      cuts: 0,
      expiredChannels: 0,
      refusedTokens: 0,
    });
  });

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await network.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A connection that stays, and what became of it. */
  function connect(): {
    ask(path: string): void;
    answers(): number;
    ending(): string | undefined;
  } {
    const socket = net.connect(Number(new URL(network.url).port), "127.0.0.1");
    sockets.push(socket);
    let text = "";
    let ending: string | undefined;
    socket.on("data", (chunk) => text += chunk);
    socket.on("error", (error: NodeJS.ErrnoException) => ending = error.code);
    socket.on("close", () => ending ??= "closed");
    return {
      ask: (path) => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
      answers: () => text.split("HTTP/1.1 200").length - 1,
      ending: () => ending,
    };
  }

  const aMoment = () => new Promise((resolve) => setTimeout(resolve, 150));

  it("has one address for both servers", async () => {
    const paths = ["/realtime/v1/websocket?vsn=2.0.0", "/rest/v1/x", "/functions/v1/sessions"];
    const answers = await Promise.all(
      paths.map(async (path) => await (await fetch(network.url + path)).text()),
    );
    expect(answers).toEqual(["realtime", "gateway", "gateway"]);
  });

  it("resets what it is told to, and nothing else", async () => {
    const [toRealtime, toGateway] = [connect(), connect()];
    toRealtime.ask("/realtime/v1/a");
    toGateway.ask("/rest/v1/a");
    await expect.poll(() => toRealtime.answers() + toGateway.answers()).toBe(2);
    network.reset("realtime");
    await expect.poll(() => toRealtime.ending()).toBe("ECONNRESET");
    toGateway.ask("/rest/v1/b");
    await expect.poll(() => toGateway.answers()).toBe(2);
    expect(network.counts.cuts).toBe(1);
  });

  it("lets connections die in silence while new ones work", async () => {
    const client = connect();
    client.ask("/rest/v1/a");
    await expect.poll(() => client.answers()).toBe(1);
    network.silence("all");
    client.ask("/rest/v1/b");
    await aMoment();
    expect([client.answers(), client.ending(), arrived]).toEqual([
      1,
      undefined,
      ["gateway /rest/v1/a"],
    ]);
    expect(await (await fetch(`${network.url}/rest/v1/c`)).text()).toBe("gateway");
    // Nothing that comes later wakes the dead.
    network.reset("all");
    await aMoment();
    expect(client.ending()).toBeUndefined();
    network.resetDead();
    await expect.poll(() => client.ending()).toBe("ECONNRESET");
  });

  it("loses answers to requests that arrived", async () => {
    const client = connect();
    client.ask("/rest/v1/a");
    await expect.poll(() => client.answers()).toBe(1);
    const over = network.loseAnswers("http", 200);
    client.ask("/rest/v1/b");
    await over;
    await expect.poll(() => client.ending()).toBe("ECONNRESET");
    expect(client.answers()).toBe(1);
    expect(arrived).toEqual(["gateway /rest/v1/a", "gateway /rest/v1/b"]);
  });

  it.each(["go_on", "dead"] as const)(
    "lets nothing through a black hole; afterwards connections %s",
    async (afterwards) => {
      const before = connect();
      before.ask("/rest/v1/before");
      await expect.poll(() => before.answers()).toBe(1);
      const close = network.openBlackHole(afterwards);
      const during = connect();
      before.ask("/rest/v1/again");
      during.ask("/rest/v1/during");
      await aMoment();
      expect([before.answers(), during.answers(), arrived.length]).toEqual([1, 0, 1]);
      close();
      await expect.poll(() => during.answers()).toBe(1);
      await aMoment();
      expect(before.answers()).toBe(afterwards === "go_on" ? 2 : 1);
      expect(before.ending()).toBeUndefined();
    },
  );
});

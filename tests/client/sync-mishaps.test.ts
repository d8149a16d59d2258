import { describe, expect, it } from "vitest";
import { createPeople } from "../helpers/people.ts";
import { signToken } from "../helpers/tokens.ts";
import { faultyNetwork } from "./sync_support/faulty_socket.ts";
import { clientOf, expectWhole, follow, happen, training } from "./sync_support/on_stack.ts";
import { quiet, until } from "./sync_support/until.ts";

describe("what goes wrong on the way", () => {
  it("a broadcast that never came is noticed by the next one", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const network = faultyNetwork();
    const { heard } = follow(id, clientOf(friend, network));
    await until(() => heard.isLive, "live");
    const lost = heard.last + 2;
    network.loses = (message) =>
      message.includes(`"seq":${lost},`) ||
      message.includes(`"seq": ${lost},`);
    await happen(id, host, 3);
    await expectWhole(heard, id, friend);
    expect(network.lost).toBe(1);
    expect(heard.connections.slice(2)).toEqual(["live", "catching_up", "live"]);
  });

  it("the last one, that nothing follows, is found by asking now and then", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const network = faultyNetwork();
    const { heard } = follow(id, clientOf(friend, network), { tailCheckMs: 500 });
    await until(() => heard.isLive, "live");
    network.loses = (message) => message.includes("live_event");
    await happen(id, host, 1);
    await expectWhole(heard, id, friend);
    expect(network.lost).toBe(1);
  });

  it("a socket that is dead without a word is noticed, and replaced", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const network = faultyNetwork();
    const { heard, sync } = follow(id, clientOf(friend, network));
    await until(() => heard.isLive, "live");
    network.mute();
    await happen(id, host, 2);
    sync.wake();
    await until(() => heard.standing === "offline", "offline", 8_000);
    await expectWhole(heard, id, friend);
    await happen(id, host, 1);
    await expectWhole(heard, id, friend);
  });

  it("sockets that break again and again cost nothing", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const network = faultyNetwork();
    const { heard } = follow(id, clientOf(friend, network));
    await until(() => heard.isLive, "live");
    for (let time = 0; time < 4; time++) {
      await happen(id, host, 2);
      network.cut();
      await happen(id, host, 2);
      await quiet(700);
    }
    await expectWhole(heard, id, friend);
    await happen(id, host, 1);
    await expectWhole(heard, id, friend);
  });

  it("tokens that live for five seconds are exchanged for new ones, and nothing is missed", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    let minted = 0;
    // As an application does that keeps a token until it is about to expire.
    let token: { text: string; until: number } | undefined;
    const fresh = async () => {
      if (!token || token.until < Date.now()) {
        minted += 1;
        token = {
          text: await signToken(friend, { expiresInSeconds: 5 }),
          until: Date.now() + 4_000,
        };
      }
      return token.text;
    };
    const { heard } = follow(id, clientOf(friend, undefined, fresh));
    await until(() => heard.isLive, "live");
    for (let second = 0; second < 13; second++) {
      await happen(id, host, 1);
      await quiet(1_000);
    }
    expect(minted).toBeGreaterThanOrEqual(3);
    // The server closed the channel, and more than once.
    expect(heard.connections.filter((one) => one === "offline").length).toBeGreaterThan(1);
    await expectWhole(heard, id, friend);
    await happen(id, host, 1);
    await expectWhole(heard, id, friend);
  });
});

import { describe, expect, it } from "vitest";
import { block, createPeople } from "../helpers/people.ts";
import { leaveSession, readEvents, removeFromSession } from "../helpers/sessions.ts";
import { faultyNetwork } from "./sync_support/faulty_socket.ts";
import { clientOf, expectWhole, follow, happen, training } from "./sync_support/on_stack.ts";
import { until } from "./sync_support/until.ts";

describe("who may listen", () => {
  it("changes when somebody is removed: they hear nothing more, the others everything", async () => {
    const [host, friend, third] = await createPeople("Host", "Friend", "Third");
    const id = await training(host, friend, third);
    const [atHost, atFriend, atThird] = [host, friend, third].map((one) =>
      follow(id, clientOf(one))
    );
    const everyone = [atHost!, atFriend!, atThird!];
    await until(() => everyone.every(({ heard }) => heard.isLive), "live");
    await happen(id, host, 2);
    await removeFromSession(id, host, third);
    const removal = (await readEvents(id, host)).length;
    await happen(id, host, 3);
    await until(() => atThird!.heard.reasons.length > 0, "closed");
    expect(["not_participant", "session_not_found"]).toContain(atThird!.heard.reasons[0]?.code);
    await expectWhole(atHost!.heard, id, host);
    await expectWhole(atFriend!.heard, id, friend);
    for (const { heard } of [atHost!, atFriend!]) {
      expect(heard.connections).not.toContain("offline");
    }
    await happen(id, host, 1);
    await expectWhole(atFriend!.heard, id, friend);
    expect(atThird!.heard.last).toBeLessThanOrEqual(removal);
    expect(atThird!.heard.reasons).toHaveLength(1);
  });

  it("may change several times, and while one is away", async () => {
    const [host, friend, ...others] = await createPeople("Host", "Friend", "One", "Two", "Three");
    const id = await training(host, friend, ...others);
    const network = faultyNetwork();
    const { heard } = follow(id, clientOf(friend, network));
    await until(() => heard.isLive, "live");
    await removeFromSession(id, host, others[0]!);
    await removeFromSession(id, host, others[1]!);
    network.cut();
    await removeFromSession(id, host, others[2]!);
    await happen(id, host, 2);
    await expectWhole(heard, id, friend);
    await happen(id, host, 1);
    await expectWhole(heard, id, friend);

    const late = follow(id, clientOf(friend));
    await expectWhole(late.heard, id, friend);
    await happen(id, host, 1);
    await expectWhole(late.heard, id, friend);
  });

  it("is not the affair of strangers: they are told that they are none of it", async () => {
    const [host, stranger] = await createPeople("Host", "Stranger");
    const id = await training(host);
    const { heard } = follow(id, clientOf(stranger));
    await until(() => heard.reasons.length > 0, "closed");
    expect(heard.reasons).toMatchObject([{ code: "not_participant" }]);
    expect(heard.log).toEqual([]);

    await block(host, stranger);
    const hidden = follow(id, clientOf(stranger));
    await until(() => hidden.heard.reasons.length > 0, "closed");
    expect(hidden.heard.reasons).toMatchObject([{ code: "session_not_found" }]);
    expect(hidden.heard.snapshots).toEqual([]);
  });

  it("is over for somebody who left, as soon as their channel is joined anew", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const network = faultyNetwork();
    const { heard } = follow(id, clientOf(friend, network));
    await until(() => heard.isLive, "live");
    await leaveSession(id, friend);
    await until(() => heard.log.at(-1)?.type === "user_left", "their leaving");
    network.cut();
    await until(() => heard.reasons.length > 0, "closed", 28_000);
    expect(heard.reasons).toMatchObject([{ code: "not_participant" }]);
  }, 40_000);
});

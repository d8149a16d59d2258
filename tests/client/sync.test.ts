import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createPeople, type Person } from "../helpers/people.ts";
import { endSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";
import { denoExecutable } from "../setup/command.ts";
import { clientOf, expectWhole, follow, happen, training } from "./sync_support/on_stack.ts";
import type { Recorder } from "./sync_support/recorder.ts";
import { quiet, until } from "./sync_support/until.ts";

// What a sync promises, on a real server: no event lost, none twice, in order.

const { API_URL, PUBLISHABLE_KEY } = runningStack();

describe("a session that is followed", () => {
  it("is told as the server has it, from the snapshot to what happens now", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const { heard, sync } = follow(id, clientOf(friend));
    await until(() => heard.isLive, "live");
    expect(heard.snapshots).toHaveLength(1);
    await happen(id, host, 5);
    await expectWhole(heard, id, friend);
    expect(Math.abs(sync.serverNow() - Date.now())).toBeLessThan(100);
  });

  it("has no hole where the subscription and the snapshot meet, busy as it may be", async () => {
    const [host, ...friends] = await createPeople("Host", "One", "Two", "Three", "Four", "Five");
    const id = await training(host, ...friends);
    let isBusy = true;
    const business = (async () => {
      while (isBusy) await happen(id, host, 3);
    })();
    const followed: { friend: Person; heard: Recorder }[] = [];
    for (const friend of friends) {
      followed.push({ friend, ...follow(id, clientOf(friend), { pageSize: 50 }) });
      await quiet(60);
    }
    await until(() => followed.every(({ heard }) => heard.last > 20), "events", 15_000);
    isBusy = false;
    await business;
    for (const { friend, heard } of followed) await expectWhole(heard, id, friend);
  });

  it("is caught up with page by page, from what was had before", async () => {
    const [host] = await createPeople("Host");
    const id = await training(host);
    await happen(id, host, 1_700);
    const { heard } = follow(id, clientOf(host), { after: 100 });
    await until(() => heard.isLive, "live", 10_000);
    expect(heard.seqs[0]).toBe(101);
    expect(heard.last).toBe(heard.snapshots[0]!.lastSeq);
    expect(heard.progress.length).toBeGreaterThanOrEqual(4);
  });

  it("is followed twice in one client, and the one that closes leaves the other in peace", async () => {
    const [host] = await createPeople("Host");
    const id = await training(host);
    const client = clientOf(host);
    const [one, other] = [follow(id, client), follow(id, client)];
    await until(() => one.heard.isLive && other.heard.isLive, "live");
    await one.sync.close();
    await happen(id, host, 2);
    await expectWhole(other.heard, id, host);
    await other.sync.close();
    expect(client.getChannels()).toEqual([]);
  });

  it("comes to its end with its last event, and is live for good", async () => {
    const [host, friend] = await createPeople("Host", "Friend");
    const id = await training(host, friend);
    const client = clientOf(friend);
    const { heard } = follow(id, client);
    await until(() => heard.isLive, "live");
    await endSession(id, host);
    await until(() => heard.log.at(-1)?.type === "session_ended", "the end");
    await until(() => client.getChannels().length === 0, "leaving");
    await expectWhole(heard, id, friend);

    const late = follow(id, clientOf(friend));
    await expectWhole(late.heard, id, friend);
  });
});

describe("closing", () => {
  it("leaves nothing running: a process that did nothing else ends", async () => {
    const [host] = await createPeople("Host");
    const id = await training(host);
    const script = fileURLToPath(new URL("sync_support/follows_and_closes.ts", import.meta.url));
    const child = spawn(denoExecutable(), ["run", "-A", script], {
      env: {
        ...process.env,
        SYNC_TEST: JSON.stringify({
          url: API_URL,
          key: PUBLISHABLE_KEY,
          token: host.token,
          sessionId: id,
        }),
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => output += chunk);
    const code = await new Promise((resolve) => {
      // realtime-js itself holds a process for ten seconds after it was disconnected.
      const patience = setTimeout(() => child.kill("SIGKILL"), 25_000);
      child.on("close", (status) => {
        clearTimeout(patience);
        resolve(status);
      });
    });
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ seqs: [1, 2], broken: [] });
  });
});

import net from "node:net";
import { createClient } from "@supabase/supabase-js";
import { afterEach, expect, it } from "vitest";
import { createLiveWorkout, memoryStorage } from "../../client/src/index.ts";
import { Network } from "../chaos/network.ts";
import { createPeople } from "../helpers/people.ts";
import { openSession } from "../helpers/sessions.ts";
import { runningStack } from "../helpers/stack.ts";

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it("gives up a socket that nobody answers while it is being opened", async () => {
  // It takes connections and says nothing, as a network does that has just been left.
  const sockets = new Set<net.Socket>();
  const tarpit = net.createServer((socket) => void sockets.add(socket.on("error", () => {})));
  await new Promise<void>((resolve) => tarpit.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    tarpit.close();
  });
  const tarpitPort = (tarpit.address() as net.AddressInfo).port;
  const gatewayPort = Number(new URL(runningStack().API_URL).port);
  let realtimePort = tarpitPort;
  const network = await Network.open(
    (destination) => destination === "realtime" ? realtimePort : gatewayPort,
    { connections: 0, cuts: 0, expiredChannels: 0, refusedTokens: 0 },
  );
  closing.push(() => network.close());

  const [ann] = await createPeople("Ann");
  const { id } = await openSession(ann);
  const supabase = createClient(network.url, runningStack().PUBLISHABLE_KEY, {
    accessToken: () => Promise.resolve(ann.token),
  });
  const liveWorkout = createLiveWorkout(supabase, { userId: ann.id, storage: memoryStorage() });
  const room = liveWorkout.openRoom(id);
  closing.push(() => room.close());
  await room.ready;
  await expect.poll(() => sockets.size, { timeout: 5_000 }).toBeGreaterThan(0);
  expect(room.store.getState().connection).not.toBe("live");
  realtimePort = gatewayPort;
  await expect.poll(() => room.store.getState().connection, { timeout: 40_000 }).toBe("live");
}, 60_000);

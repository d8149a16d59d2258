import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { afterEach, beforeEach } from "vitest";
import {
  type ChannelFollower,
  type ChannelListener,
  followChannel,
} from "../../../client/src/sync/channel.ts";
import { PhoenixServer } from "./phoenix_server.ts";

// A server for each test, and followers of its channels that are closed afterwards.

/** How the server refuses who may not listen. */
export const UNAUTHORIZED = {
  reason: "Unauthorized: You do not have permissions to read from this Channel topic: a",
};

/** The server of the test that runs. */
export let server: PhoenixServer;

const clients: SupabaseClient[] = [];
const followers: ChannelFollower[] = [];

beforeEach(async () => {
  server = await PhoenixServer.start();
});
afterEach(async () => {
  await Promise.all(followers.splice(0).map((follower) => follower.close()));
  await Promise.all(clients.splice(0).map((client) => client.removeAllChannels()));
  await server.stop();
});

/** A client of the server. */
export function newClient(token: () => string = () => "token", reconnectAfterMs?: () => number) {
  const client = createClient(server.url, "sb_publishable_key", {
    accessToken: () => Promise.resolve(token()),
    realtime: reconnectAfterMs ? { reconnectAfterMs } : {},
  });
  clients.push(client);
  return client;
}

/** Follows a topic and notes down what is heard: joined, lost, refused, and messages. */
export function follow(client: SupabaseClient, topic: string | null) {
  const heard: unknown[] = [];
  const listener: ChannelListener = {
    joined: () => heard.push("joined"),
    lost: () => heard.push("lost"),
    refused: () => heard.push("refused"),
    message: (event, payload) => heard.push([event, payload]),
  };
  const follower = followChannel(client, topic, listener);
  followers.push(follower);
  const times = (what: string) => heard.filter((one) => one === what).length;
  return { follower, heard, times };
}

import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { createLiveWorkout, type LiveWorkout } from "../../client/src/live-workout.ts";
import { memoryStorage } from "../../client/src/outbox/storage.ts";
import type { OutboxStorage } from "../../client/src/outbox/types.ts";
import type { Person } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";

/** Somebody's phone: an unmodified supabase-js, and a network that can be taken away. */
export interface Device {
  readonly supabase: SupabaseClient;
  readonly liveWorkout: LiveWorkout;
  readonly storage: OutboxStorage;
  /** Paths that were asked for over HTTP so far. */
  readonly requests: string[];
  /** Takes the network away, or gives it back. */
  setOnline(isOnline: boolean): Promise<void>;
}

const devices: Device[] = [];

/** A device on which this person is signed in. */
export function deviceOf(person: Person, storage: OutboxStorage = memoryStorage()): Device {
  const { API_URL, PUBLISHABLE_KEY } = runningStack();
  let isOnline = true;
  const requests: string[] = [];
  const supabase = createClient(API_URL, PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    accessToken: () => Promise.resolve(person.token),
    global: {
      fetch: (input, init) => {
        if (!isOnline) return Promise.reject(new TypeError("fetch failed"));
        requests.push(new URL(input instanceof Request ? input.url : input).pathname);
        return fetch(input, init);
      },
    },
    realtime: {
      // A socket that cannot be opened while there is no network.
      transport: class extends WebSocket {
        constructor(address: string | URL, protocols?: string | string[]) {
          super(isOnline ? address : "ws://127.0.0.1:9/", protocols);
        }
      },
    },
  });
  const device: Device = {
    supabase,
    storage,
    requests,
    liveWorkout: createLiveWorkout(supabase, { storage, userId: person.id }),
    setOnline: async (wanted) => {
      isOnline = wanted;
      if (!wanted) await supabase.realtime.disconnect();
    },
  };
  devices.push(device);
  return device;
}

/** Switches all devices off. To be called after each test. */
export async function switchOff(): Promise<void> {
  await Promise.all(
    devices.splice(0).map(async ({ liveWorkout, supabase }) => {
      await liveWorkout.close();
      await supabase.removeAllChannels();
      await supabase.realtime.disconnect();
    }),
  );
}

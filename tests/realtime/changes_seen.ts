import type { SupabaseClient } from "@supabase/supabase-js";
import { until } from "./channels.ts";
import type { RawSocket } from "./raw_socket.ts";

/** What one `postgres_changes` event says. */
export interface Change {
  readonly type: string;
  readonly schema: string;
  readonly table: string;
  readonly commit_timestamp: string | null;
  readonly columns: { name: string; type: string }[];
  readonly record?: Record<string, unknown>;
  readonly old_record?: Record<string, unknown>;
  readonly errors: string[] | null;
}

/** The changes that a socket got so far, with the ids of the requests that they answer. */
export function changesOf(socket: RawSocket): { ids: number[]; data: Change }[] {
  return socket.frames.filter(({ event }) => event === "postgres_changes")
    .map(({ payload }) => payload as unknown as { ids: number[]; data: Change });
}

/** What the server said about subscribing to changes. */
export function reportsOf(socket: RawSocket): { status: unknown; message: unknown }[] {
  return socket.frames
    .filter(({ event, payload }) => event === "system" && payload.extension === "postgres_changes")
    .map(({ payload }) => ({ status: payload.status, message: payload.message }));
}

/** Joins with requests for changes and waits until they come. Resolves with their ids. */
export async function listen(
  socket: RawSocket,
  requests: readonly object[],
  token: string | null = null,
  topic = "realtime:changes",
): Promise<number[]> {
  const ref = String(socket.frames.length + 1);
  const before = reportsOf(socket).length;
  socket.join(ref, topic, token, { postgres_changes: requests });
  const { status, response } = await socket.replyTo(ref);
  if (status !== "ok") throw new Error(`joining was answered with ${JSON.stringify(response)}`);
  await until(() => reportsOf(socket).length > before, "a word about the changes");
  const report = reportsOf(socket).at(-1);
  if (report?.status !== "ok") throw new Error(`subscribing failed: ${report?.message}`);
  return (response.postgres_changes as { id: number }[]).map(({ id }) => id);
}

/** What an unmodified client's callback gets. */
export interface Heard {
  readonly eventType: string;
  readonly schema: string;
  readonly table: string;
  readonly new: Record<string, unknown>;
  readonly old: Record<string, unknown>;
  readonly errors: string[] | null;
}

/** Lets an unmodified client listen; resolves when changes come. */
export async function hear(
  client: SupabaseClient,
  filter: { event: "*"; schema: string; table?: string; filter?: string },
  topic = "heard",
): Promise<Heard[]> {
  const heard: Heard[] = [];
  let ready = false;
  await client.realtime.setAuth();
  client.channel(topic)
    .on("postgres_changes", filter, (payload) => heard.push(payload as unknown as Heard))
    .on("system", {}, (payload: Record<string, unknown>) => {
      if (payload.extension === "postgres_changes" && payload.status === "ok") ready = true;
    })
    .subscribe();
  await until(() => ready, "changes to come");
  return heard;
}

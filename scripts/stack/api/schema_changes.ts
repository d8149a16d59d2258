import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { databaseUrl, type Login } from "../database/connect.ts";

/** The part of `pg` that is used here; the package ships no types. */
interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
  on(event: "notification", listener: (message: { payload?: string }) => void): void;
  on(event: "error" | "end", listener: () => void): void;
}

const pauseMilliseconds = 200;

/**
 * Calls back when the database announces changed schemas, and each time the connection is made,
 * since an announcement may have gone unheard before.
 *
 * @returns ends it
 */
export function followSchemaChanges(login: Login, onChange: () => void): () => Promise<void> {
  const stop = Promise.withResolvers<void>();
  let stopped = false;

  async function follow(): Promise<void> {
    while (!stopped) {
      const client: Client = new pg.Client({ connectionString: databaseUrl(login) });
      const ended = Promise.withResolvers<void>();
      client.on("end", ended.resolve);
      client.on("error", ended.resolve);
      client.on("notification", ({ payload }) => {
        if (payload === "" || payload === "reload schema") onChange();
      });
      try {
        await client.connect();
        await client.query("listen pgrst");
        onChange();
        await Promise.race([ended.promise, stop.promise]);
      } catch {
        // The server is away; it is tried again.
      }
      await client.end().catch(() => {});
      if (!stopped) await sleep(pauseMilliseconds);
    }
  }

  const following = follow();
  return async () => {
    stopped = true;
    stop.resolve();
    await following;
  };
}

import { createServer, type Server, type Socket } from "node:net";
import { connect } from "node:net";
import { createClient } from "@supabase/supabase-js";
import { createCalls } from "../../client/src/calls/calls.ts";
import { createOutbox } from "../../client/src/outbox/outbox.ts";
import { memoryStorage } from "../../client/src/outbox/storage.ts";
import type { Outbox, OutboxOptions } from "../../client/src/outbox/types.ts";
import type { Person } from "../helpers/people.ts";
import { runningStack } from "../helpers/stack.ts";

/** What stands between a device and the server. */
export type Line = "open" | "dead" | "loses_answers";

/** A TCP proxy before the stack: a network that fails as networks do. */
export class Network {
  line: Line = "open";
  /** How often an answer was on its way and did not arrive. */
  lostAnswers = 0;
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();

  /** Opens it; its address. */
  async open(): Promise<string> {
    const target = new URL(runningStack().API_URL);
    this.#server = createServer((near) => this.#carry(near, target));
    await new Promise<void>((resolve) => this.#server?.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("It has no port.");
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  #carry(near: Socket, target: URL): void {
    this.#sockets.add(near);
    near.on("error", () => near.destroy());
    if (this.line === "dead") return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    this.#sockets.add(far);
    far.on("error", () => near.destroy());
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.on("data", (data) => {
      if (this.line === "dead") near.destroy();
      else far.write(data);
    });
    far.on("data", (data) => {
      if (this.line === "open") return void near.write(data);
      // The server has done it and says so; nobody hears it.
      if (this.line === "loses_answers") this.lostAnswers++;
      near.destroy();
    });
  }
}

/** Opens the outbox of somebody on a device that reaches the server through this address. */
export function openOutbox(
  person: Person,
  address: string,
  options: Partial<OutboxOptions> = {},
): Promise<Outbox> {
  const supabase = createClient(address, runningStack().PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    accessToken: () => Promise.resolve(person.token),
  });
  return createOutbox({
    userId: person.id,
    deliver: createCalls(supabase),
    storage: memoryStorage(),
    backoff: { firstMs: 50, longestMs: 200 },
    ...options,
  });
}

import type { Caller } from "./admission.ts";
import type { Channel } from "./channel.ts";
import type { ProtocolVersion } from "./protocol.ts";
import type { Services } from "./services.ts";

/** What a channel needs of the connection that it belongs to. */
export interface Link {
  readonly version: ProtocolVersion;
  readonly caller: Caller;
  readonly services: Services;
  send(data: string | Uint8Array): void;
  /** Runs `work` after everything that arrived for the topic before, unless the channel is gone. */
  enqueue(channel: Channel, work: () => Promise<void>): void;
  /** The channel is no longer there. */
  forget(channel: Channel): void;
}

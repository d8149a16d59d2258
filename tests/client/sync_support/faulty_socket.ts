import type { RealtimeClientOptions } from "@supabase/supabase-js";
import WebSocket from "ws";

type Transport = NonNullable<RealtimeClientOptions["transport"]>;

/** Sockets of a client whose network a test can spoil. */
export interface FaultyNetwork {
  /** To be given to the client. */
  readonly transport: Transport;
  /** Says which of the messages from the server do not arrive. */
  loses: (message: string) => boolean;
  /** How many were lost so. */
  lost: number;
  /** From now on nothing comes or goes on the sockets that are open, and nobody is told. */
  mute(): void;
  /** Breaks the sockets that are open. */
  cut(): void;
}

/** A network that is a good one until it is told otherwise. */
export function faultyNetwork(): FaultyNetwork {
  const open = new Set<WebSocket>();
  const muted = new WeakSet<WebSocket>();

  class Socket extends WebSocket {
    constructor(address: string) {
      super(address);
      open.add(this);
    }

    // All that comes in passes here, before `onmessage`.
    override emit(event: string, ...values: unknown[]): boolean {
      const [data] = values;
      if (event === "close") open.delete(this);
      if (event === "message") {
        // Text as well as binary frames come as bytes, of one kind or another.
        const text = new TextDecoder().decode(data as Uint8Array);
        if (muted.has(this)) return true;
        if (network.loses(text)) {
          network.lost += 1;
          return true;
        }
      }
      return super.emit(event, ...values);
    }

    override send(data: Parameters<WebSocket["send"]>[0]): void {
      if (!muted.has(this)) super.send(data);
    }
  }

  const network: FaultyNetwork = {
    transport: Socket as unknown as Transport,
    loses: () => false,
    lost: 0,
    mute() {
      for (const socket of open) muted.add(socket);
    },
    cut() {
      for (const socket of open) socket.terminate();
    },
  };
  return network;
}

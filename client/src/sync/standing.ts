import type { ChannelState } from "./channel.ts";
import type { CatchUpProgress, Connection, SyncListener } from "./interface.ts";
import { undisturbed } from "./undisturbed.ts";

/** Everything that decides how a sync stands. */
export interface Standing {
  readonly isClosed: boolean;
  /** The session is over: no channel is needed any more. */
  readonly isEnded: boolean;
  readonly hasSnapshot: boolean;
  /** Whether the last thing heard from the server over HTTP was an answer; true before the first. */
  readonly isAnswered: boolean;
  readonly channel: ChannelState | "idle";
  /** Everything from before the present stay on the channel has been read. */
  readonly isChecked: boolean;
  /** The number up to which the log is whole. */
  readonly have: number;
  /** The highest number known to exist. */
  readonly known: number;
}

/** How a sync stands, honestly: `live` only if an event could not be missing without notice. */
export function connectionOf(standing: Standing): Connection {
  const { channel, isAnswered } = standing;
  if (standing.isClosed) return "closed";
  if (!standing.hasSnapshot) return isAnswered ? "connecting" : "offline";
  if (!isAnswered) return "offline";
  if (channel === "lost" && !standing.isEnded) return "offline";
  const isListening = standing.isEnded || channel === "joined";
  const isWhole = standing.isChecked && standing.have >= standing.known;
  return isListening && isWhole ? "live" : "catching_up";
}

/** How far the log is, while that is of interest. */
export function progressOf(standing: Standing): CatchUpProgress | null {
  if (connectionOf(standing) !== "catching_up") return null;
  return { have: standing.have, of: Math.max(standing.have, standing.known) };
}

/** Tells a listener how a sync stands, whenever that has changed. */
export function tellingConnection(listener: SyncListener): (standing: Standing) => void {
  let told = "";
  return (standing) => {
    const [connection, progress] = [connectionOf(standing), progressOf(standing)];
    const text = JSON.stringify([connection, progress]);
    if (text === told) return;
    told = text;
    undisturbed(() => listener.connection(connection, progress));
  };
}

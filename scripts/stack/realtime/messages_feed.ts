import { type DatabaseMessage, readMessage } from "./database_message.ts";
import { type Feed, startFeed } from "./feed.ts";
import type { Usage } from "./limits/usage.ts";

/** The publication of new messages, made by sql/realtime.sql. */
const PUBLICATION = "supabase_realtime_messages_publication";

export interface MessagesFeedOptions {
  readonly databaseUrl: string;
  readonly usage: Usage;
  readonly log: (line: string) => void;
  /** Called for each committed message, in the order of the commits. Must not raise. */
  readonly onMessage: (message: DatabaseMessage) => void;
}

/**
 * Streams what is committed to `realtime.messages`. Raises if the first stream cannot be started.
 */
export function startMessagesFeed(options: MessagesFeedOptions): Promise<Feed> {
  const { databaseUrl, usage, log } = options;
  return startFeed({
    databaseUrl,
    publication: PUBLICATION,
    content: "messages",
    log,
    onMessage: (message) => {
      if (message.tag !== "insert") return;
      const read = readMessage(message.new);
      if (!read) return log("a row of realtime.messages without event or payload was not sent");
      const problem = excess(read, usage);
      if (problem) return log(`a message of the database was not sent: ${problem}`);
      usage.messages.add();
      options.onMessage(read);
    },
  });
}

/** Why a message may not be sent any more, or null. */
function excess({ broadcast }: DatabaseMessage, usage: Usage): string | null {
  if (broadcast.body.byteLength > usage.limits.payloadBytes) return "its payload is too large";
  return usage.messages.exceeded ? "too many messages per second" : null;
}

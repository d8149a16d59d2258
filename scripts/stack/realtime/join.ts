import { type Admission, admit, orUnavailable, unavailable, unreadable } from "./admission.ts";
import { Channel, type Link } from "./channel.ts";
import type { JsonObject } from "./json.ts";
import { type JoinConfig, parseJoin } from "./join_config.ts";
import type { Ref } from "./protocol.ts";
import { Refusal } from "./refusal.ts";
import { replay, type ReplayedMessage, ReplayError } from "./replay.ts";

/** A client waits 10 s for its answer. */
const FEED_TIMEOUT_MS = 5_000;

/** A join that may go ahead: everything is known, nothing has been sent. */
export interface Ticket {
  readonly config: JoinConfig;
  readonly admission: Admission;
  readonly replayed: readonly ReplayedMessage[];
}

/** Decides about a join of `name` (the topic without its prefix). Raises Refusal. */
export async function prepareJoin(
  link: Link,
  name: string,
  payload: JsonObject,
): Promise<Ticket> {
  if (name === "") throw new Refusal("TopicNameRequired", "You must provide a topic name");
  const config = parseJoin(payload);
  if (config.postgresChanges.length > 0) {
    throw new Refusal(
      "RealtimeDisabledForConfiguration",
      "postgres_changes is not served here, use broadcast from the database",
    );
  }
  const { services, caller } = link;
  const topic = { name, private: config.private };
  const admission = await admit(services, caller, topic, config.accessToken);
  // Joined means that nothing committed from here on is missed, so the stream has to run.
  if (!(await services.feed.ready(FEED_TIMEOUT_MS))) throw unavailable();
  return { config, admission, replayed: await replayFor(link, name, config, admission) };
}

/** Opens the channel: the reply comes first, then what is past, then who is present. */
export function openChannel(
  link: Link,
  name: string,
  refs: { readonly joinRef: Ref; readonly ref: Ref },
  ticket: Ticket,
): Channel {
  const { config, admission, replayed } = ticket;
  const ids = new Set(replayed.map((message) => message.id));
  const channel = new Channel(link, refs.joinRef, name, config, admission, ids);
  channel.reply(refs.ref, "ok", { postgres_changes: [] });
  for (const message of replayed) channel.sendReplayed(message);
  channel.sendPresenceState();
  return channel;
}

async function replayFor(
  link: Link,
  name: string,
  config: JoinConfig,
  admission: Admission,
): Promise<ReplayedMessage[]> {
  if (config.replay === undefined) return [];
  if (!admission.read.broadcast) throw unreadable(name);
  if (!config.private) {
    throw new Refusal("UnableToReplayMessages", "Replay is not allowed for public channels");
  }
  try {
    return await orUnavailable(replay(link.services.database, name, config.replay));
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    throw new Refusal("UnableToReplayMessages", error.message);
  }
}

import { type Admission, admit, orUnavailable, unavailable, unreadable } from "./admission.ts";
import { withIds } from "./changes/channel_changes.ts";
import { ChangeRequestError, parseChangeRequest } from "./changes/request.ts";
import { Channel } from "./channel.ts";
import type { JsonObject } from "./json.ts";
import { type JoinConfig, parseJoin } from "./join_config.ts";
import type { Ref } from "./protocol.ts";
import type { Link } from "./link.ts";
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
  const { services, caller } = link;
  const topic = { name, private: config.private };
  const admission = await admit(services, caller, topic, config.accessToken);
  // Joined means that nothing committed from here on is missed, so the stream has to run.
  if (!(await services.feed.ready(FEED_TIMEOUT_MS))) throw unavailable();
  const replayed = await replayFor(link, name, config, admission);
  if (config.waitForChanges && config.postgresChanges.length > 0) {
    await prepareChanges(link, config, admission);
  }
  return { config, admission, replayed };
}

/**
 * Opens the channel: the reply comes first, then what is past, then who is present. Changes of
 * tables come from when the client is told so; it may have asked to be answered only then.
 */
export function openChannel(
  link: Link,
  name: string,
  refs: { readonly joinRef: Ref; readonly ref: Ref },
  ticket: Ticket,
): Channel {
  const { config, admission, replayed } = ticket;
  const ids = new Set(replayed.map((message) => message.id));
  const channel = new Channel(link, refs.joinRef, name, config, admission, ids);
  channel.reply(refs.ref, "ok", { postgres_changes: withIds(config.postgresChanges) });
  for (const message of replayed) channel.sendReplayed(message);
  channel.sendPresenceState();
  channel.startChanges();
  return channel;
}

async function prepareChanges(link: Link, config: JoinConfig, admission: Admission): Promise<void> {
  try {
    const requests = config.postgresChanges.map(parseChangeRequest);
    await orUnavailable(link.services.changes.prepare(requests, admission.claims));
  } catch (error) {
    if (!(error instanceof ChangeRequestError)) throw error;
    throw new Refusal("RealtimeDisabledForConfiguration", error.message);
  }
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

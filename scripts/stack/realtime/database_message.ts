import { Buffer } from "node:buffer";
import type { UserBroadcast } from "./protocol.ts";
import type { TopicName } from "./registry.ts";

/** A message that the database sends to a topic. */
export interface DatabaseMessage {
  readonly topic: TopicName;
  readonly broadcast: UserBroadcast;
}

/**
 * Reads a new row of `realtime.messages`, its values as Postgres prints them. Null when it is no
 * message for anyone: without an event, a topic or a payload.
 */
export function readMessage(row: Readonly<Record<string, unknown>>): DatabaseMessage | null {
  const { id, topic, event, private: isPrivate, payload, binary_payload: bytes } = row;
  if (typeof id !== "string" || typeof topic !== "string" || typeof event !== "string") {
    return null;
  }
  if (isPrivate !== "t" && isPrivate !== "f") return null;
  const name = { name: topic, private: isPrivate === "t" };
  if (typeof bytes === "string") {
    // Printed as \x followed by hexadecimal digits.
    const body = Buffer.from(bytes.slice(2), "hex");
    return { topic: name, broadcast: { event, encoding: "binary", body, meta: { id } } };
  }
  if (typeof payload !== "string") return null;
  const body = new TextEncoder().encode(payload);
  return { topic: name, broadcast: { event, encoding: "json", body, meta: { id } } };
}

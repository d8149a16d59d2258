import { Buffer } from "node:buffer";
import type { ObjectBroadcast, UserBroadcast } from "../protocol.ts";

/** What a value counts for: the bytes of its JSON. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** What a broadcast counts for. */
export function broadcastBytes(message: UserBroadcast | ObjectBroadcast): number {
  return message.encoding === "object" ? jsonBytes(message.payload) : message.body.byteLength;
}

import { decodeBroadcastPush, encodeUserBroadcast } from "./binary_frames.ts";
import { isObject } from "./json.ts";
import {
  type ClientFrame,
  FrameError,
  type ObjectBroadcast,
  type ProtocolVersion,
  type Ref,
  type ServerFrame,
  type UserBroadcast,
} from "./protocol.ts";

/** Reads a frame from a client. Raises FrameError. */
export function decodeFrame(version: ProtocolVersion, data: unknown): ClientFrame {
  if (typeof data === "string") return decodeText(version, data);
  if (data instanceof ArrayBuffer && version === "2.0.0") {
    return decodeBroadcastPush(new Uint8Array(data));
  }
  throw new FrameError("binary frames need vsn 2.0.0");
}

/** The text of a frame to a client; version 1 has no place for the join reference. */
export function encodeFrame(version: ProtocolVersion, frame: ServerFrame): string {
  const { joinRef, ref, topic, event, payload } = frame;
  return version === "1.0.0"
    ? JSON.stringify({ topic, event, payload, ref })
    : JSON.stringify([joinRef, ref, topic, event, payload]);
}

/** The text of an event for everyone who joined a topic, its payload being JSON already. */
export function encodeEvent(
  version: ProtocolVersion,
  topic: string,
  event: string,
  payload: string,
): string {
  const names = [topic, event].map((name) => JSON.stringify(name));
  return version === "1.0.0"
    ? `{"topic":${names[0]},"event":${names[1]},"payload":${payload},"ref":null}`
    : `[null,null,${names[0]},${names[1]},${payload}]`;
}

/**
 * A broadcast for everyone who joined `topic` (with its `realtime:` prefix), or null when
 * the version cannot carry it: version 1 has no binary bodies.
 */
export function encodeBroadcast(
  version: ProtocolVersion,
  topic: string,
  message: UserBroadcast | ObjectBroadcast,
): string | Uint8Array | null {
  if (message.encoding === "object") {
    const { payload } = message;
    return encodeFrame(version, { joinRef: null, ref: null, topic, event: "broadcast", payload });
  }
  if (version === "2.0.0") {
    const frame = encodeUserBroadcast(topic, message);
    if (frame) return frame;
  }
  if (message.encoding === "binary") return null;
  const meta = message.meta ? `,"meta":${JSON.stringify(message.meta)}` : "";
  // The body is JSON already; parsing it to print it again would change nothing but the numbers
  // that JavaScript cannot hold.
  const payload = `{"type":"broadcast","event":${JSON.stringify(message.event)},"payload":${
    new TextDecoder().decode(message.body)
  }${meta}}`;
  return encodeEvent(version, topic, "broadcast", payload);
}

function decodeText(version: ProtocolVersion, text: string): ClientFrame {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FrameError("a text frame is not JSON");
  }
  if (version === "2.0.0") {
    if (!Array.isArray(value) || value.length < 5) {
      throw new FrameError("expected [join_ref, ref, topic, event, payload]");
    }
    return checked(value[0], value[1], value[2], value[3], value[4]);
  }
  if (!isObject(value)) throw new FrameError("expected {topic, event, payload, ref}");
  return checked(value.join_ref, value.ref, value.topic, value.event, value.payload);
}

function checked(
  joinRef: unknown,
  ref: unknown,
  topic: unknown,
  event: unknown,
  payload: unknown,
): ClientFrame {
  if (typeof topic !== "string" || typeof event !== "string") {
    throw new FrameError("topic and event have to be strings");
  }
  if (!isObject(payload)) throw new FrameError("payload has to be an object");
  return { joinRef: parseRef(joinRef), ref: parseRef(ref), topic, event, payload, binary: false };
}

function parseRef(value: unknown): Ref {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  throw new FrameError("references have to be strings");
}

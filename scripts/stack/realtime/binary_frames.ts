import { type ClientFrame, FrameError, type UserBroadcast } from "./protocol.ts";
import { isObject, type JsonObject } from "./json.ts";

// Phoenix uses the kinds below these for frames that Realtime's clients neither send nor read.
const BROADCAST_PUSH = 3;
const USER_BROADCAST = 4;
const JSON_ENCODING = 1;
const LONGEST_FIELD = 255;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Reads a client's binary broadcast: the kind, five lengths in bytes (join reference, reference,
 * topic, event, metadata), the encoding, those fields, the body. Raises FrameError.
 */
export function decodeBroadcastPush(bytes: Uint8Array): ClientFrame {
  if (bytes[0] !== BROADCAST_PUSH) {
    throw new FrameError(`no binary frame of kind ${bytes[0] ?? "nothing"} is known`);
  }
  const lengths = [...bytes.subarray(1, 6)];
  const encoding = bytes[6];
  if (encoding === undefined) throw new FrameError("a binary frame ends within its header");
  let offset = 7;
  const fields = lengths.map((length) => {
    const field = bytes.subarray(offset, offset + length);
    if (field.length < length) throw new FrameError("a binary frame ends within its fields");
    offset += length;
    return decoder.decode(field);
  });
  const [joinRef = "", ref = "", topic = "", event = "", meta = ""] = fields;
  const body = bytes.slice(offset);
  if (encoding === JSON_ENCODING) parse(decoder.decode(body), "the body");
  return {
    joinRef: joinRef === "" ? null : joinRef,
    ref: ref === "" ? null : ref,
    topic,
    event: "broadcast",
    binary: true,
    payload: {
      event,
      encoding: encoding === JSON_ENCODING ? "json" : "binary",
      body,
      meta: meta === "" ? undefined : parseMeta(meta),
    },
  };
}

/**
 * A broadcast for clients: the kind, three lengths in bytes (topic, event, metadata), the encoding,
 * those fields, the body. Null when a field is longer than a length can say.
 */
export function encodeUserBroadcast(topic: string, message: UserBroadcast): Uint8Array | null {
  const fields = [topic, message.event, message.meta ? JSON.stringify(message.meta) : ""]
    .map((field) => encoder.encode(field));
  if (fields.some((field) => field.length > LONGEST_FIELD)) return null;
  const header = [
    USER_BROADCAST,
    ...fields.map((field) => field.length),
    message.encoding === "json" ? JSON_ENCODING : 0,
  ];
  const size = fields.reduce((sum, field) => sum + field.length, header.length);
  const frame = new Uint8Array(size + message.body.length);
  frame.set(header);
  let offset = header.length;
  for (const field of [...fields, message.body]) {
    frame.set(field, offset);
    offset += field.length;
  }
  return frame;
}

function parseMeta(text: string): JsonObject {
  const meta = parse(text, "the metadata");
  if (!isObject(meta)) throw new FrameError("the metadata of a binary frame is no object");
  return meta;
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FrameError(`${what} of a binary frame is not JSON`);
  }
}

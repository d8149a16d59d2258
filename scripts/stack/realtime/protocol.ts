import type { JsonObject } from "./json.ts";

/** Versions of the Phoenix serializer; clients that name none speak 1.0.0. */
export type ProtocolVersion = "1.0.0" | "2.0.0";

/** What a client counts its frames with; echoed, never interpreted. */
export type Ref = string | number | null;

/** A broadcast that came as a JSON frame; it goes on with every member it came with. */
export interface ObjectBroadcast {
  readonly encoding: "object";
  readonly payload: JsonObject;
}

/** A message as its sender framed it: an event of the application and an opaque body. */
export interface UserBroadcast {
  readonly event: string;
  readonly encoding: "json" | "binary";
  /** JSON text in UTF-8, or bytes of the application. */
  readonly body: Uint8Array;
  readonly meta?: JsonObject;
}

interface FrameHeader {
  readonly joinRef: Ref;
  readonly ref: Ref;
  readonly topic: string;
  readonly event: string;
}

/** A frame from a client; those that come in binary carry broadcasts only. */
export type ClientFrame =
  & FrameHeader
  & ({ readonly binary: false; readonly payload: JsonObject } | {
    readonly binary: true;
    readonly payload: UserBroadcast;
  });

export interface ServerFrame extends FrameHeader {
  readonly payload: JsonObject;
}

/** A frame that cannot be read. The connection survives it, the frame is dropped. */
export class FrameError extends Error {}

/** The version that a `vsn` parameter asks for, or null when it is not spoken here. */
export function parseVersion(vsn: string | null): ProtocolVersion | null {
  if (vsn === null || vsn === "") return "1.0.0";
  return vsn === "1.0.0" || vsn === "2.0.0" ? vsn : null;
}

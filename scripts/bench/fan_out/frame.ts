/** A frame of Realtime's that tells a screen of a set, and of which. */
export interface Frame {
  readonly text: string;
  readonly setId: string;
}

/** What such a frame says, as far as a screen here looks into it. */
export interface SetMessage {
  readonly event: string;
  readonly payload: {
    readonly payload?: { readonly type?: unknown; readonly data?: { readonly setId?: unknown } };
  };
}

/** The set that a message tells of as completed: none if it tells of anything else. */
export function completedSet({ event, payload }: SetMessage): string | null {
  const told = event === "broadcast" ? payload.payload : undefined;
  const setId = told?.type === "set_completed" ? told.data?.setId : undefined;
  return typeof setId === "string" ? setId : null;
}

/** The same frame, telling of another set: of the same length, for an id is a UUID. */
export function frameAbout(setId: string, frame: Frame): string {
  return frame.text.replaceAll(frame.setId, setId);
}
